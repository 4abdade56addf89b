/* The errors of names of the network, in words. */
#include <netdb.h>
#include <stdio.h>

int h_errno;

const char *hstrerror(int error)
{
    static const char *const texts[] = { "Success", "Host not found", "Try again", "Non-recoverable error", "Address not available" };
    return error >= 0 && error <= NO_DATA ? texts[error] : "Unknown error";
}

void herror(const char *message)
{
    fprintf(stderr, "%s%s%s\n", message != NULL ? message : "", message != NULL ? ": " : "", hstrerror(h_errno));
}
