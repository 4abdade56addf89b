/* Memory that cannot be protected, locked or shared. */
#include <errno.h>
#include <stdlib.h>
#include <sys/mman.h>

int mprotect(void *at, size_t length, int protection) { (void)at; (void)length; (void)protection; return 0; }
int madvise(void *at, size_t length, int advice) { (void)at; (void)length; (void)advice; return 0; }
int msync(void *at, size_t length, int flags) { (void)at; (void)length; (void)flags; return 0; }
int mlock(const void *at, size_t length) { (void)at; (void)length; return 0; }
int munlock(const void *at, size_t length) { (void)at; (void)length; return 0; }
int mlockall(int flags) { (void)flags; return 0; }
int munlockall(void) { return 0; }

void *memalign(size_t alignment, size_t size) { return aligned_alloc(alignment, (size + alignment - 1) / alignment * alignment); }
void *valloc(size_t size) { return memalign(65536, size); }
