#pragma once

#include "message/manifest.h"
#include "treaty/channel.h"
#include "treaty/decision.h"

/// Article 32(2), (3), (7): what an officer classifies, by exception and as low as possible, and
/// the way that is open for it.
namespace comity::casework {

constexpr std::size_t classification_reason_bytes_max = 1000;

/// Everything may be missing while one types.
struct Classifying {
    std::uint8_t level = 0; ///< 0 none, 1 RESTRICTED ... 4 TOP SECRET.
    std::optional<std::string> reason {};
    std::optional<bool> lowest_possible {}; ///< That no lower level protects it: his own answer.
};
BOOST_DESCRIBE_STRUCT(Classifying, (), (level, reason, lowest_possible))

/// Errors: malformed, `classification.level` or `classification.reason`, for one over its limit.
Result<void> check(std::optional<Classifying> const& given);
/// Paths of what A32(3) still asks of him.
std::vector<std::string> missing_of(std::optional<Classifying> const& given);

/// A message of a level from one Party to another.
struct Secret {
    treaty::PartyCode from, to;
    int level = 0;
    std::optional<std::string> reason {};
};
/// Level, reason, agreements and channel, as the law asks for them.
void tell_classification(
    treaty::Facts& facts, treaty::Law const& law, Secret const& secret, Instant at);

/// The same of what we send in a situation; a request that came says itself how it is classified.
void tell_sent(treaty::Situation& situation, treaty::Law const& law, std::string_view own,
    Classifying const& given);

/// A32(5), of who classifies: he could not open again what he sent. Refuses, with its finding,
/// what is above his clearance.
void hold_to_clearance(treaty::Law const& law, treaty::Situation const& situation,
    std::uint8_t level, std::uint8_t clearance, treaty::Decision& decision);

struct Stamp {
    message::Classification classification;
    message::Channel channel;
};
/// What stands on it, in the sender's own words, and how it goes.
Stamp stamp_of(treaty::Law const& law, Secret const& secret, Instant at);

} // namespace comity::casework
