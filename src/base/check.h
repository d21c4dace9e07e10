#pragma once

namespace comity {
[[noreturn]] void check_failed(char const* condition, char const* file, int line);
}

/// A promise of this program to itself; on in every build. Broken means stop, not recover.
#define MUST(condition)                                                                            \
    ((condition) ? void() : ::comity::check_failed(#condition, __FILE__, __LINE__))
