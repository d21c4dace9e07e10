#include "http/health.h"

#include "ledger/files.h"
#include "ledger/witness.h"

#include <fmt/format.h>

#include <algorithm>

namespace comity::http {
namespace {

using std::chrono::duration_cast;
using store::Transaction;

std::optional<std::int64_t> count_of(std::optional<std::chrono::microseconds> taken)
{
    if (!taken) return std::nullopt;
    return taken->count();
}

/// Nothing where there is no certificate of that use.
void add_longest(std::vector<CertificateHealth>& out, std::string_view usage,
    std::span<crypto::Certificate const> certificates, Instant now)
{
    auto const longest
        = std::ranges::max_element(certificates, {}, &crypto::Certificate::not_after);
    if (longest == certificates.end()) return;
    auto const until = longest->not_after();
    out.push_back({ std::string { usage }, until,
        std::chrono::floor<std::chrono::days>(until - now).count() });
}

std::vector<CertificateHealth> certificates_of(exchange::Peer const& peer, Instant now)
{
    std::vector<CertificateHealth> out;
    add_longest(out, "root", std::span { &peer.root, 1 }, now);
    add_longest(out, "seal", peer.seals, now);
    add_longest(out, "sealing", peer.sealings, now);
    add_longest(out, "transport", peer.transports, now);
    return out;
}

PeerHealth peer_health(
    exchange::Peer const& peer, DeskRooms const& rooms, Figures const& figures, Instant now)
{
    auto const status = rooms.courier.status(peer.state);
    auto const measured = figures.lines.now(peer.state);
    PeerHealth out;
    out.party = peer.state;
    out.reachable = status.reachable;
    out.last_contact_at = status.last_contact_at;
    out.receipted = measured.receipted;
    out.half_microseconds = count_of(measured.half);
    out.most_microseconds = count_of(measured.most);
    out.clock_difference_microseconds = count_of(measured.clock_difference);
    out.certificates = certificates_of(peer, now);
    out.register_origin = peer.register_key.name;
    out.last_error = status.last_error;
    out.register_alarm = status.alarm;
    out.not_proved = status.not_proved;
    return out;
}

struct Stores {
    std::vector<ledger::Followed> followed;
    std::size_t forks = 0;
};

Result<Stores> read_stores(Transaction& transaction, NodeHealth& health)
{
    auto const head = TRY(ledger::read_checkpoint(TRY(ledger::newest_checkpoint(transaction))));
    health.register_ = { head.origin, head.size, to_base64(head.root) };
    for (auto& peer : health.peers)
        peer.queued = TRY(exchange::queued_for(transaction, peer.party));
    auto followed = TRY(ledger::followed_by(transaction));
    return Stores { std::move(followed), TRY(exchange::forks(transaction)).size() };
}

void judge_certificates(std::vector<AlarmHealth>& out,
    std::vector<CertificateHealth> const& certificates, std::optional<std::string> const& party)
{
    for (auto const& each : certificates)
        if (each.days_left <= certificate_alarm_days)
            out.push_back({ AlarmWord::certificate_ends, party, each.days_left, each.usage });
}

void judge_peer(std::vector<AlarmHealth>& out, PeerHealth const& peer, NodeHealth const& health)
{
    auto const since = peer.last_contact_at.value_or(health.started_at);
    if (!peer.register_alarm.empty())
        out.push_back({ AlarmWord::register_contradicts, peer.party, {}, {} });
    if (!peer.reachable && health.at - since >= away_alarm)
        out.push_back({ AlarmWord::peer_away, peer.party,
            duration_cast<std::chrono::minutes>(health.at - since).count(), {} });
    if (peer.queued >= queue_alarm)
        out.push_back({ AlarmWord::queue_long, peer.party, peer.queued, {} });
    auto const difference
        = std::chrono::microseconds { peer.clock_difference_microseconds.value_or(0) };
    if (abs(difference) >= clock_alarm)
        out.push_back({ AlarmWord::clock_differs, peer.party,
            duration_cast<std::chrono::seconds>(difference).count(), {} });
    judge_certificates(out, peer.certificates, peer.party);
}

} // namespace

std::vector<AlarmHealth> alarms_of(NodeHealth const& health, std::size_t forks)
{
    std::vector<AlarmHealth> out;
    if (forks > 0) out.push_back({ AlarmWord::fork, {}, static_cast<std::int64_t>(forks), {} });
    for (auto const& peer : health.peers) judge_peer(out, peer, health);
    judge_certificates(out, health.certificates, {});
    std::uint64_t followed = 0;
    for (auto const& peer : health.peers) followed = std::max(followed, peer.followed_size);
    auto const size = health.register_.size;
    if (!health.peers.empty() && size - std::min(followed, size) >= unwitnessed_alarm)
        out.push_back({ AlarmWord::not_witnessed, {},
            static_cast<std::int64_t>(size - std::min(followed, size)), {} });
    constexpr auto graver = [](AlarmHealth const& each) {
        return each.word != AlarmWord::fork && each.word != AlarmWord::register_contradicts;
    };
    std::ranges::stable_sort(out, {}, graver);
    return out;
}

Result<NodeHealth> health_of(DeskRooms const& rooms, Figures const& figures)
{
    NodeHealth out;
    out.at = rooms.clock();
    out.started_at = figures.started_at;
    out.version = rooms.facts.version;
    out.law_version = rooms.law.version();
    out.memory_bytes = figures.memory_bytes();
    for (auto const& peer : rooms.exchange.trust().peers())
        if (peer.state == rooms.facts.party)
            out.certificates = certificates_of(peer, out.at);
        else
            out.peers.push_back(peer_health(peer, rooms, figures, out.at));
    auto const stores = TRY(
        rooms.store.read([&](Transaction& transaction) { return read_stores(transaction, out); }));
    for (auto& peer : out.peers)
        for (auto const& each : stores.followed)
            if (each.witness == peer.register_origin) peer.followed_size = each.size;
    out.alarms = alarms_of(out, stores.forks);
    return out;
}

json::Value write(NodeHealth const& health)
{
    return json::Object { { "at", to_text(health.at) }, { "startedAt", to_text(health.started_at) },
        { "version", health.version }, { "lawVersion", health.law_version },
        { "memoryBytes", health.memory_bytes },
        { "certificates", json::write(health.certificates) },
        { "peers", json::write(health.peers) }, { "register", json::write(health.register_) },
        { "alarms", json::write(health.alarms) } };
}

std::vector<Endpoint> health_endpoints(DeskRooms const& rooms, Figures const& figures)
{
    auto const read
        = [rooms, &figures](Request const&, access::Session const*) -> Result<Response> {
        return json_response(200, write(TRY(health_of(rooms, figures))));
    };
    return { { "GET", "/v1/health", "read_health", access::Action::read_node, read } };
}

StatusPages::StatusPages(DeskRooms const& rooms, Figures const& figures)
    : rooms_(rooms)
    , figures_(figures)
{
}

Response StatusPages::serve(Request const& request) const
{
    if (request.method != "GET")
        return refusal(405, { Error::Kind::malformed, "only GET is answered here" });
    if (request.path == "/health") return json_response(200, json::Object { { "alive", true } });
    if (request.path == "/ready") return ready();
    if (request.path == "/metrics") return metrics();
    return refusal({ Error::Kind::not_found, "there are /health, /ready and /metrics" });
}

/// Ready is who can promise something: read, and bring a commit to the disk.
Response StatusPages::ready() const
{
    auto const health = health_of(rooms_, figures_);
    auto const kept = rooms_.store.write([](Transaction&) -> Result<void> { return {}; });
    auto const* failed = !health.ok() ? &health.error() : !kept.ok() ? &kept.error() : nullptr;
    if (!failed) return json_response(200, json::Object { { "ready", true } });
    return json_response(503, json::Object { { "ready", false }, { "kind", word(failed->kind) } });
}

namespace {

using observe::MetricsPage;

void write_peers(MetricsPage& page, NodeHealth const& health)
{
    auto const family = [&](std::string_view name, std::string_view help, auto const& figure) {
        page.family(name, "gauge", help);
        for (auto const& peer : health.peers)
            if (std::optional<double> const value = figure(peer))
                page.sample(*value, std::vector<MetricsPage::Label> { { "peer", peer.party } });
    };
    family("comity_peer_reachable", "1 while the last attempt reached the State's node.",
        [](PeerHealth const& peer) { return peer.reachable ? 1.0 : 0.0; });
    family("comity_queue_messages", "Messages that wait for their number or for a receipt.",
        [](PeerHealth const& peer) { return static_cast<double>(peer.queued); });
    family("comity_peer_contact_age_seconds", "Since the State's node was reached last.",
        [&](PeerHealth const& peer) -> std::optional<double> {
            if (!peer.last_contact_at) return std::nullopt;
            return std::chrono::duration<double> { health.at - *peer.last_contact_at }.count();
        });
    family("comity_clock_difference_seconds", "The State's clock less ours.",
        [](PeerHealth const& peer) -> std::optional<double> {
            if (!peer.clock_difference_microseconds) return std::nullopt;
            return static_cast<double>(*peer.clock_difference_microseconds) / 1e6;
        });
    family("comity_register_followed_entries", "Our register's entries that the State cosigned.",
        [](PeerHealth const& peer) { return static_cast<double>(peer.followed_size); });
}

void write_certificates(MetricsPage& page, NodeHealth const& health, std::string_view own)
{
    page.family("comity_certificate_days", "gauge", "Whole days until a certificate runs out.");
    auto const write_of = [&](std::string_view party,
                              std::vector<CertificateHealth> const& certificates) {
        for (auto const& each : certificates)
            page.sample(static_cast<double>(each.days_left),
                std::vector<MetricsPage::Label> { { "party", party }, { "usage", each.usage } });
    };
    write_of(own, health.certificates);
    for (auto const& peer : health.peers) write_of(peer.party, peer.certificates);
}

void write_node(MetricsPage& page, NodeHealth const& health)
{
    auto const one = [&](std::string_view name, std::string_view help, double value) {
        page.family(name, "gauge", help);
        page.sample(value);
    };
    one("comity_register_entries", "Entries of our register.",
        static_cast<double>(health.register_.size));
    one("comity_alarms", "Alarms that stand now.", static_cast<double>(health.alarms.size()));
    one("process_resident_memory_bytes", "Resident memory.",
        static_cast<double>(health.memory_bytes));
    one("process_start_time_seconds", "When the process started, since 1970.",
        std::chrono::duration<double> { health.started_at.time_since_epoch() }.count());
}

} // namespace

Response StatusPages::metrics() const
{
    auto const health = health_of(rooms_, figures_);
    if (!health.ok()) return refusal(health.error());
    MetricsPage page;
    write_node(page, health.value());
    write_peers(page, health.value());
    write_certificates(page, health.value(), rooms_.facts.party);
    figures_.lines.write(page);
    figures_.requests.write(page);
    return { 200, { { "content-type", std::string { MetricsPage::content_type } } },
        to_bytes(page.take()), {} };
}

} // namespace comity::http
