#include "main/stamping.h"

#include "base/file.h"
#include "exchange/stamp_line.h"
#include "ledger/stamps.h"

#include <fmt/format.h>

namespace comity::main {
namespace {

constexpr auto ask_whole = std::chrono::seconds { 20 };

/// Every certificate of a PEM file.
Result<std::vector<crypto::Certificate>> read_authorities(std::filesystem::path const& path)
{
    constexpr std::string_view begin = "-----BEGIN CERTIFICATE-----";
    auto const bytes = TRY(read_file(path, 65'536));
    auto const text = as_text(bytes);
    std::vector<crypto::Certificate> out;
    for (auto at = text.find(begin); at != text.npos; at = text.find(begin, at + 1))
        out.push_back(TRY(crypto::Certificate::read_pem(text.substr(at))));
    if (out.empty())
        return Error { Error::Kind::malformed,
            fmt::format("there is no certificate in {}", path.string()), "stamps.authorities" };
    return out;
}

void stamp_until_stopped(std::stop_token const& stop, ledger::Stamper& stamper,
    std::chrono::seconds every, observe::Log const& log)
{
    std::mutex mutex;
    std::condition_variable_any stopped;
    std::unique_lock hold { mutex };
    while (!stop.stop_requested()) {
        auto const done = stamper.turn();
        if (!done.ok()) log.failed("time-stamping failed", {}, done.error());
        // What waits beyond one batch goes at once, now that the authority is there.
        if (done.ok() && done.value() == ledger::batch_heads_max) continue;
        stopped.wait_for(hold, stop, every, [] { return false; });
    }
}

} // namespace

Result<std::unique_ptr<Stamping>> Stamping::start(Rooms& rooms, observe::Log const& log)
{
    auto const& settings = rooms.config.stamps;
    if (settings.url.empty()) return std::unique_ptr<Stamping> {};
    auto const address = TRY(exchange::read_stamp_address(settings.url));
    ledger::StampRules rules { std::chrono::seconds { settings.every_seconds },
        std::chrono::seconds { settings.late_after_seconds }, {} };
    rules.authorities = TRY(read_authorities(settings.authorities));
    auto const every = rules.every;
    auto stamper = std::make_shared<ledger::Stamper>(
        *rooms.store, std::move(rules),
        [address](
            ByteView request) { return exchange::ask_for_stamp(address, request, ask_whole); },
        rooms.clock, rooms.random);
    return std::make_unique<Stamping>(
        std::jthread { [stamper, every, &log](std::stop_token const& stop) {
            stamp_until_stopped(stop, *stamper, every, log);
        } });
}

Stamping::~Stamping() = default;

} // namespace comity::main
