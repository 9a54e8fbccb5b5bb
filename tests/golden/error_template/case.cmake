# A user's own template that has a typo.
set(OPTIONS "templates=templates")
