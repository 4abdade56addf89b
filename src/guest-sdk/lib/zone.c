/* The one time zone that wasi-libc knows. */
#include <time.h>

static char utc[] = "UTC";
char *tzname[2] = { utc, utc };
int daylight;
long timezone;

void tzset(void) { }
