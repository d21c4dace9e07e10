#include "base/check.h"

#include <cstdio>
#include <cstdlib>

namespace comity {

void check_failed(char const* condition, char const* file, int line)
{
    std::fprintf(stderr, "%s:%d: MUST(%s) failed\n", file, line, condition);
    std::abort();
}

} // namespace comity
