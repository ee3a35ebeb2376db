"""Practise the last minute of a job interview, on your own computer."""

import os

# The numbers that the recogniser hears are the product of two matrices, and the last digit of
# that comes out otherwise with another number of threads: enough, now and then, for another word.
# One thread on every machine, so that a recording has one report. It is read when the library
# is loaded; `rehearse.models` sees to where that has happened already.
os.environ["OPENBLAS_NUM_THREADS"] = "1"
