// Generated code of another API version tells how to mend it.
#include "protorest/generated/rest.h"

#ifdef MISTAKE
PROTOREST_CHECK_API_VERSION(PROTOREST_API_VERSION + 1);
#else
PROTOREST_CHECK_API_VERSION(PROTOREST_API_VERSION);
#endif
