set(OPTIONS "gprc=false,unbound=maybe,openapi=,colour=blue,templates=")
