/* Requests of valgrind's memcheck. They do nothing where the program runs without valgrind, and are left out where it is not installed. */
#include <stddef.h>
#if defined(__has_include)
#if __has_include(<valgrind/memcheck.h>)
#define HAS_MEMCHECK 1
#include <valgrind/memcheck.h>
#endif
#endif

#ifdef HAS_MEMCHECK
void qssh_mark_undefined(void *p, size_t n) { (void)VALGRIND_MAKE_MEM_UNDEFINED(p, n); }
void qssh_mark_defined(void *p, size_t n) { (void)VALGRIND_MAKE_MEM_DEFINED(p, n); }
int qssh_count_errors(void) { return (int)VALGRIND_COUNT_ERRORS; }
int qssh_on_valgrind(void) { return (int)RUNNING_ON_VALGRIND; }
#else
void qssh_mark_undefined(void *p, size_t n) { (void)p; (void)n; }
void qssh_mark_defined(void *p, size_t n) { (void)p; (void)n; }
int qssh_count_errors(void) { return 0; }
int qssh_on_valgrind(void) { return 0; }
#endif
