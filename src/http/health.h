#pragma once

#include "exchange/courier.h"
#include "http/desk.h"
#include "observe/line_figures.h"

/// How a node and its lines are doing, without a word of content: for the people who keep it
/// running, for machines that restart it and for machines that collect figures.
namespace comity::http {

struct CertificateHealth {
    std::string usage; ///< root, seal, sealing, transport
    Instant not_after;
    std::int64_t days_left = 0; ///< Whole days; of several certificates the one that lasts longest.
};
BOOST_DESCRIBE_STRUCT(CertificateHealth, (), (usage, not_after, days_left))

struct PeerHealth {
    std::string party;
    bool reachable = false;
    std::optional<Instant> last_contact_at;
    std::int64_t queued = 0; ///< Messages that wait for their number or for a receipt.
    std::uint64_t receipted = 0; ///< Since the start.
    std::optional<std::int64_t> half_microseconds; ///< p50 of the last thousand, number to receipt.
    std::optional<std::int64_t> most_microseconds; ///< p99
    std::optional<std::int64_t> clock_difference_microseconds; ///< Its clock less ours.
    std::vector<CertificateHealth> certificates;
    std::string register_origin;
    std::uint64_t followed_size = 0; ///< Of our register, as far as it has cosigned it.
    std::string last_error; ///< Of the connection; empty while it is reachable.
    std::string register_alarm, not_proved; ///< As in exchange::PeerStatus.
};
BOOST_DESCRIBE_STRUCT(PeerHealth, (),
    (party, reachable, last_contact_at, queued, receipted, half_microseconds, most_microseconds,
        clock_difference_microseconds, certificates, register_origin, followed_size, last_error,
        register_alarm, not_proved))

struct RegisterHealth {
    std::string origin;
    std::uint64_t size = 0;
    std::string root; ///< base64
};
BOOST_DESCRIBE_STRUCT(RegisterHealth, (), (origin, size, root))

enum class AlarmWord : std::uint8_t {
    peer_away, ///< `value`: minutes without contact.
    queue_long, ///< Messages.
    clock_differs, ///< Seconds.
    certificate_ends, ///< Days left, of `usage`.
    register_contradicts, ///< The other's register or ours showed two histories.
    not_witnessed, ///< Entries that no other State has cosigned.
    fork, ///< Contradicting messages kept as evidence.
};
BOOST_DESCRIBE_ENUM(AlarmWord, peer_away, queue_long, clock_differs, certificate_ends,
    register_contradicts, not_witnessed, fork)

struct AlarmHealth {
    AlarmWord word {};
    std::optional<std::string> party; ///< None: this node as a whole.
    std::optional<std::int64_t> value;
    std::optional<std::string> usage;
};
BOOST_DESCRIBE_STRUCT(AlarmHealth, (), (word, party, value, usage))

struct NodeHealth {
    Instant at, started_at;
    std::string version, law_version;
    std::uint64_t memory_bytes = 0; ///< Resident.
    std::vector<CertificateHealth> certificates; ///< Our own.
    std::vector<PeerHealth> peers;
    RegisterHealth register_; ///< `register` in JSON.
    std::vector<AlarmHealth> alarms; ///< The gravest first.
};

/// From where on each figure is an alarm.
constexpr std::chrono::minutes away_alarm { 15 };
constexpr std::int64_t queue_alarm = 1'000;
constexpr std::chrono::seconds clock_alarm { 60 }; ///< Messages are refused from five minutes on.
constexpr std::int64_t certificate_alarm_days = 14;
/// Every node looks at every other twice a minute; more entries than that without a witness's line
/// mean that nobody follows.
constexpr std::uint64_t unwitnessed_alarm = 10'000;

/// A pure function of the figures. `forks`: contradicting messages that were kept.
std::vector<AlarmHealth> alarms_of(NodeHealth const& health, std::size_t forks);

/// What is measured while a node runs.
struct Figures {
    Instant started_at;
    observe::LineFigures lines;
    observe::RequestFigures requests;
    std::function<std::uint64_t()> memory_bytes;
};

/// Errors: what reading the store gives.
Result<NodeHealth> health_of(DeskRooms const& rooms, Figures const& figures);
json::Value write(NodeHealth const& health);

/// GET /v1/health of api/openapi.yaml.
std::vector<Endpoint> health_endpoints(DeskRooms const& rooms, Figures const& figures);

/// Three paths for machines on a listener of their own, without signing in: /health (200 while the
/// process answers), /ready (200 or 503 with the reason), /metrics.
class StatusPages {
public:
    StatusPages(DeskRooms const& rooms, Figures const& figures);
    Response serve(Request const& request) const;

private:
    Response ready() const;
    Response metrics() const;

    DeskRooms rooms_;
    Figures const& figures_;
};

} // namespace comity::http
