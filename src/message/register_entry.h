#pragma once

#include "base/json.h"

/// A leaf of the register of Art. 31(4)(e): reason, kind of content, authorities, times. Never
/// personal data, never a hash that somebody could guess the data from.
namespace comity::message {

enum class Act : std::uint8_t {
    sent,
    received,
    destroyed,
    pruned,
    exported, ///< Left the node on paper or as a file.
    swept, ///< Looked through for what was due for destruction.
    other, ///< What a newer node enters, as an older one reads it: nothing follows from it.
};
BOOST_DESCRIBE_ENUM(Act, sent, received, destroyed, pruned, exported, swept, other)
Act act_of(std::string_view word);

struct RegisterEntry {
    std::uint32_t v;
    Act act;
    Instant at;
    std::string message;
    std::string type;
    std::string from;
    std::string to;
    std::string from_unit;
    std::string to_unit;
    std::string case_number; ///< The number that the sender gave.
    std::string purpose;
    std::vector<std::string> provisions;
    std::string verdict; ///< What this node's own decision was.
    std::string law_version;
    bool personal_data;
    std::optional<Date> erase_by;
    /// HMAC-SHA-256 over the manifest, which names the salted hash of every part, under the salt of
    /// part 1, which travels sealed and dies with the data: both States write the same value,
    /// nobody else can test a guess. Of an export: casework/exports.h.
    std::string commitment;
    /// For a destruction: the entry that it fulfils. For a pruning: the first that is still kept.
    /// For a sweep: the first that it did not see.
    /// For an export: the entry of the case's request, where it has one.
    std::optional<std::uint64_t> entry;
};
BOOST_DESCRIBE_STRUCT(RegisterEntry, (),
    (v, act, at, message, type, from, to, from_unit, to_unit, case_number, purpose, provisions,
        verdict, law_version, personal_data, erase_by, commitment, entry))

/// A leaf of anybody's register: members and acts of a newer node are passed over. Error:
/// malformed.
Result<RegisterEntry> read_entry(std::string_view leaf);

} // namespace comity::message

COMITY_JSON_ELSEWHERE(comity::message::RegisterEntry)
