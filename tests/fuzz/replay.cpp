// Every seed of every fuzz target once, and nothing at all, without libFuzzer: what a target is
// built on changes under it, and a compiler that all machines have should be the first to say so.
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

using Target = int(std::uint8_t const*, std::size_t);
#define COMITY_TARGET(name) extern "C" Target name##_fuzz;
#include "fuzz_targets.inc"
#undef COMITY_TARGET

namespace {

std::vector<std::uint8_t> read(std::filesystem::path const& file)
{
    std::ifstream in { file, std::ios::binary };
    return { std::istreambuf_iterator<char> { in }, {} };
}

/// How many seeds it was run on.
std::size_t replay(char const* name, Target& target)
{
    target(reinterpret_cast<std::uint8_t const*>(name), 0);
    std::size_t count = 0;
    auto const seeds = std::filesystem::path { "tests/fuzz/corpus" } / name;
    if (!std::filesystem::exists(seeds)) return count;
    for (auto const& seed : std::filesystem::directory_iterator { seeds }) {
        auto const bytes = read(seed.path());
        target(bytes.data(), bytes.size());
        ++count;
    }
    return count;
}

} // namespace

int main()
{
    std::size_t seeds = 0;
#define COMITY_TARGET(name) seeds += replay(#name, name##_fuzz);
#include "fuzz_targets.inc"
#undef COMITY_TARGET
    std::printf("%zu seeds replayed\n", seeds);
    return seeds == 0; // run from another folder it would prove nothing
}
