// The object that carries the precompiled header of the tests.
