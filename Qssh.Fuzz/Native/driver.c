/* Between libFuzzer and the instrumented library. Compiled without coverage flags: only managed code counts.
   COUNTERS is the number of basic blocks that the instrumenter found. */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int qssh_fuzz_start(const char *name, int length, uint8_t *counters, void *on_compare4, void *on_compare8);
void qssh_fuzz_one(const uint8_t *input, size_t length);

void __sanitizer_cov_8bit_counters_init(uint8_t *start, uint8_t *stop);
void __sanitizer_cov_pcs_init(const uintptr_t *start, const uintptr_t *stop);
void __sanitizer_cov_trace_const_cmp4(uint32_t constant, uint32_t value);
void __sanitizer_cov_trace_const_cmp8(uint64_t constant, uint64_t value);

enum { PC_STRIDE = 16, MAX_INPUT = 1 << 17 };

static uint8_t counters[COUNTERS];
static uintptr_t pcs[2 * COUNTERS];
static uint8_t *input_end; /* what follows it cannot be read */

static int fail(const char *what, const char *which) {
  fprintf(stderr, "qssh fuzz: %s%s\n", what, which);
  exit(2);
}

int LLVMFuzzerInitialize(int *argc, char ***argv) {
  (void)argc;
  (void)argv;
  /* libFuzzer wants an address and flags for each counter; any distinct addresses do. */
  for (size_t i = 0; i < COUNTERS; i++)
    pcs[2 * i] = 0x100000 + i * PC_STRIDE;
  __sanitizer_cov_8bit_counters_init(counters, counters + COUNTERS);
  __sanitizer_cov_pcs_init(pcs, pcs + 2 * COUNTERS);

  size_t page = (size_t)sysconf(_SC_PAGESIZE);
  uint8_t *memory = mmap(NULL, MAX_INPUT + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED || mprotect(memory + MAX_INPUT, page, PROT_NONE) != 0)
    return fail("no memory", "");
  input_end = memory + MAX_INPUT;

  const char *target = getenv("QSSH_FUZZ_TARGET");
  if (target == NULL)
    return fail("QSSH_FUZZ_TARGET is not set", "");
  if (qssh_fuzz_start(target, (int)strlen(target), counters, __sanitizer_cov_trace_const_cmp4, __sanitizer_cov_trace_const_cmp8) != 0)
    return fail("no such target: ", target);
  return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t length) {
  if (length > MAX_INPUT)
    return -1;
  uint8_t *input = input_end - length;
  memcpy(input, data, length);
  qssh_fuzz_one(input, length);
  return 0;
}
