"""The page on one's own computer: `rehearse serve`.

`app` puts it together. `desk` analyses what was handed over, in order; `taking` takes what
is spoken in the browser; `pages` and `api` show both; `safety` says who may ask.
"""
