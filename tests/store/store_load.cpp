#include "store/store.h"

#include <fmt/format.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <iostream>
#include <mutex>
#include <thread>

/// store_load ADDRESS THREADS: writes rows until its input ends, each once, and says of each what
/// the store said of it: "ok N", "no N <why>" (not written) or "unknown N". tests/store/failover.py
/// holds that against what is there in the end.
namespace {

using namespace comity;

constexpr store::Migration tables[] = {
    { "load", 1, "CREATE TABLE load_item (id BIGINT PRIMARY KEY, n BIGINT NOT NULL)" },
};

std::string_view word_of(Result<std::int64_t> const& written)
{
    if (written.ok()) return "ok";
    return written.error().what.starts_with("whether this was written is not known") ? "unknown"
                                                                                     : "no";
}

} // namespace

int main(int count, char** arguments)
{
    MUST(count == 3);
    auto const opened = store::Store::open(arguments[1], tables);
    if (!opened.ok()) {
        std::cerr << opened.error().what << '\n';
        return 70;
    }
    auto& store = *opened.value();
    std::atomic<std::int64_t> next = 0;
    std::atomic<bool> ends = false;
    std::mutex saying;
    auto const write = [&] {
        while (!ends) {
            auto const n = next++;
            auto const written = store.write([&](store::Transaction& t) {
                return t.run("INSERT INTO load_item (n) VALUES ($1)", n);
            });
            auto const why = written.ok() ? std::string {} : " " + written.error().what;
            {
                std::scoped_lock const hold { saying };
                fmt::print("{} {}{}\n", word_of(written), n, why);
                std::fflush(stdout);
            }
            if (!written.ok()) std::this_thread::sleep_for(std::chrono::milliseconds { 50 });
        }
    };
    std::vector<std::jthread> writers;
    for (int i = 0; i < std::stoi(arguments[2]); ++i) writers.emplace_back(write);
    for (std::string line; std::getline(std::cin, line);) continue;
    ends = true;
    return 0;
}
