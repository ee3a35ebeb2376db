"""What the closes of many people say together, and what they should practise."""

from rehearse.cohort.rows import Row, row_of
from rehearse.cohort.summary import Cohort, Failure, Share, summed_up

__all__ = ["Cohort", "Failure", "Row", "Share", "row_of", "summed_up"]
