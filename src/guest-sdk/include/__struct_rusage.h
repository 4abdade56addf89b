#ifndef __wasilibc___struct_rusage_h
#define __wasilibc___struct_rusage_h
#include <sys/resource.h>
#endif
