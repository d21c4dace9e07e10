#include "bench/exchange/load.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <mutex>
#include <optional>
#include <random>
#include <set>
#include <sstream>
#include <thread>

namespace comity::bench {
namespace {

using Steady = std::chrono::steady_clock;

struct Process {
    pid_t parent = 0;
    Usage usage;
};

/// Fields of /proc/<pid>/stat after the name, which may hold blanks: parent is field 4, utime,
/// stime, cutime and cstime are 14 to 17, rss is 24.
std::optional<Process> read_process(std::filesystem::path const& folder)
{
    std::string text;
    if (!std::getline(std::ifstream { folder / "stat" }, text)) return {};
    auto const name_end = text.rfind(')');
    if (name_end == text.npos) return {};
    std::istringstream rest { text.substr(name_end + 1) };
    std::vector<std::string> fields { std::istream_iterator<std::string> { rest }, {} };
    if (fields.size() < 22) return {};
    Process out;
    out.parent = static_cast<pid_t>(std::stol(fields[1]));
    double ticks = 0;
    for (std::size_t i = 11; i <= 14; ++i) ticks += std::stod(fields[i]);
    out.usage.cpu_seconds = ticks / static_cast<double>(sysconf(_SC_CLK_TCK));
    out.usage.resident_bytes = std::stod(fields[21]) * static_cast<double>(sysconf(_SC_PAGESIZE));
    std::ifstream io { folder / "io" };
    for (std::string key, value; io >> key >> value;)
        if (key == "write_bytes:") out.usage.written_bytes = std::stod(value);
    return out;
}

std::map<pid_t, Process> all_processes()
{
    std::map<pid_t, Process> out;
    for (auto const& entry : std::filesystem::directory_iterator { "/proc" }) {
        auto const name = entry.path().filename().string();
        if (!std::ranges::all_of(name, [](char c) { return '0' <= c && c <= '9'; })) continue;
        if (auto const found = read_process(entry.path()))
            out[static_cast<pid_t>(std::stol(name))] = *found;
    }
    return out;
}

bool descends(std::map<pid_t, Process> const& all, pid_t pid, std::set<pid_t> const& roots)
{
    while (pid > 1 && !roots.contains(pid)) {
        auto const found = all.find(pid);
        pid = found == all.end() ? 0 : found->second.parent;
    }
    return pid > 1;
}

/// Busy seconds of all processors since the machine started.
double machine_seconds()
{
    std::ifstream stat { "/proc/stat" };
    std::string word;
    stat >> word;
    double busy = 0;
    for (int field = 0; field < 8; ++field) {
        double ticks = 0;
        stat >> ticks;
        if (field != 3 && field != 4) busy += ticks; // Neither idle nor waiting for the disk.
    }
    return busy / static_cast<double>(sysconf(_SC_CLK_TCK));
}

/// Counts what is sent and acknowledged; remembers when each was to be sent.
class Desk {
public:
    explicit Desk(Carrier& carrier)
        : carrier_(carrier)
    {
        std::mt19937_64 chance { 4 };
        payload_.resize(payload_bytes);
        for (auto& byte : payload_) byte = static_cast<std::uint8_t>(chance());
        carrier_.on_acknowledged([this](std::size_t number) { note(number); });
    }
    void send(Steady::time_point planned, bool wait_for_room)
    {
        std::size_t number = 0;
        {
            std::unique_lock hold { mutex_ };
            if (wait_for_room)
                room_.wait(hold, [&] { return planned_.size() - done_ < in_flight_max; });
            number = planned_.size();
            planned_.push_back(planned);
        }
        auto payload = payload_;
        for (std::size_t i = 0; i < 8; ++i)
            payload[i] = static_cast<std::uint8_t>(number >> (56 - 8 * i));
        carrier_.send(number, payload);
    }
    void wait_for_all()
    {
        std::unique_lock hold { mutex_ };
        all_done_.wait(hold, [&] { return done_ == planned_.size(); });
    }
    std::size_t done()
    {
        std::scoped_lock const hold { mutex_ };
        return done_;
    }
    void forget_latencies()
    {
        std::scoped_lock const hold { mutex_ };
        latencies_ms_.clear();
    }
    double latency_ms(double share)
    {
        std::scoped_lock const hold { mutex_ };
        if (latencies_ms_.empty()) return 0;
        auto const at
            = static_cast<std::ptrdiff_t>(share * static_cast<double>(latencies_ms_.size() - 1));
        std::ranges::nth_element(latencies_ms_, latencies_ms_.begin() + at);
        return latencies_ms_[static_cast<std::size_t>(at)];
    }

private:
    void note(std::size_t number)
    {
        std::scoped_lock const hold { mutex_ };
        std::chrono::duration<double, std::milli> const took = Steady::now() - planned_.at(number);
        latencies_ms_.push_back(took.count());
        ++done_;
        room_.notify_one(); // One message makes room for one: waking all senders would be measured.
        if (done_ == planned_.size()) all_done_.notify_all();
    }

    Carrier& carrier_;
    Bytes payload_;
    std::mutex mutex_;
    std::condition_variable room_, all_done_;
    std::vector<Steady::time_point> planned_;
    std::vector<double> latencies_ms_;
    std::size_t done_ = 0;
};

class Stopwatch {
public:
    Stopwatch(Carrier& carrier, Desk& desk)
        : carrier_(carrier)
        , desk_(desk)
    {
        desk_.forget_latencies();
    }
    Figures stop()
    {
        auto const seconds = std::chrono::duration<double>(Steady::now() - start_).count();
        auto const count = static_cast<double>(desk_.done() - done_before_);
        auto const after = usage_of(carrier_.processes());
        auto const own = after.cpu_seconds - before_.cpu_seconds;
        auto const whole = machine_seconds() - machine_before_;
        auto const cores = std::thread::hardware_concurrency();
        return { .rate = count / seconds,
            .cpu_ms = own / count * 1e3,
            .written_kb = (after.written_bytes - before_.written_bytes) / count / 1e3,
            .p50_ms = desk_.latency_ms(0.5),
            .p99_ms = desk_.latency_ms(0.99),
            .p999_ms = desk_.latency_ms(0.999),
            .foreign = std::max(0.0, whole - own) / seconds / cores };
    }

private:
    Carrier& carrier_;
    Desk& desk_;
    std::size_t done_before_ = desk_.done();
    Usage before_ = usage_of(carrier_.processes());
    double machine_before_ = machine_seconds();
    Steady::time_point start_ = Steady::now();
};

Figures flat_out(Carrier& carrier, Desk& desk, std::size_t senders, double seconds)
{
    Stopwatch watch { carrier, desk };
    auto const until = Steady::now() + std::chrono::duration<double> { seconds };
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < senders; ++i)
        threads.emplace_back([&] {
            while (Steady::now() < until) desk.send(Steady::now(), true);
        });
    threads.clear();
    desk.wait_for_all();
    return watch.stop();
}

Figures at_pace(Carrier& carrier, Desk& desk, std::size_t senders, double rate, double seconds)
{
    Stopwatch watch { carrier, desk };
    auto const start = Steady::now();
    auto const count = static_cast<std::size_t>(rate * seconds);
    std::atomic<std::size_t> next = 0;
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < senders; ++i)
        threads.emplace_back([&] {
            for (auto number = next++; number < count; number = next++) {
                auto const at = start
                    + std::chrono::duration_cast<Steady::duration>(
                        std::chrono::duration<double> { static_cast<double>(number) / rate });
                std::this_thread::sleep_until(at);
                desk.send(at, false);
            }
        });
    threads.clear();
    desk.wait_for_all();
    return watch.stop();
}

} // namespace

std::vector<pid_t> family_of(pid_t root)
{
    auto const all = all_processes();
    std::vector<pid_t> out;
    for (auto const& [pid, process] : all)
        if (descends(all, pid, { root })) out.push_back(pid);
    return out;
}

Usage usage_of(std::vector<pid_t> const& others)
{
    auto const all = all_processes();
    std::set<pid_t> roots { others.begin(), others.end() };
    roots.insert(getpid());
    Usage out;
    for (auto const& [pid, process] : all) {
        if (!descends(all, pid, roots)) continue;
        out.cpu_seconds += process.usage.cpu_seconds;
        out.written_bytes += process.usage.written_bytes;
        out.resident_bytes += process.usage.resident_bytes;
    }
    return out;
}

Row measure(Carrier& carrier, std::string const& name, std::size_t senders, double seconds)
{
    Desk desk { carrier };
    flat_out(carrier, desk, senders, seconds / 4);
    Row out;
    out.peak = flat_out(carrier, desk, senders, seconds);
    out.half = at_pace(carrier, desk, 2 * senders, out.peak.rate / 2, seconds);
    auto const& [peak, half] = out;
    fmt::print("row\t{}\t{:.0f}\t{:.3f}\t{:.1f}\t{:.1f}\t{:.1f}\t{:.1f}\t{:.0f}\n", name, peak.rate,
        peak.cpu_ms, peak.written_kb, half.p50_ms, half.p99_ms, half.p999_ms,
        100 * std::max(peak.foreign, half.foreign));
    std::fflush(stdout);
    return out;
}

} // namespace comity::bench
