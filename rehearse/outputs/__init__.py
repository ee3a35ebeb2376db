"""Reports as a person or a program reads them. One module a form."""
