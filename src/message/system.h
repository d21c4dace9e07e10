#pragma once

#include "message/value.h"

/// Messages of the nodes themselves. A gap is asked for by the transport, not by a message.
namespace comity::message {

enum class KeyUse : std::uint8_t { seal, sealing, transport, register_ };
BOOST_DESCRIBE_ENUM(KeyUse, seal, sealing, transport, register_)

/// From when on a new certificate stands beside the old one. The trust list decides, not this
/// notice.
struct KeyRotationNotice {
    KeyUse use;
    std::string old_sha256;
    std::string new_sha256;
    std::optional<std::string> certificate {};
    Instant valid_from;
    Instant old_until;
    bool compromised;
};
BOOST_DESCRIBE_STRUCT(KeyRotationNotice, (),
    (use, old_sha256, new_sha256, certificate, valid_from, old_until, compromised))

/// The list as it should be signed, byte for byte, as a further part.
struct TrustListProposal {
    std::uint64_t version;
    std::string list_sha256;
    std::uint32_t part;
    std::string reason;
    Instant vote_by;
};
BOOST_DESCRIBE_STRUCT(TrustListProposal, (), (version, list_sha256, part, reason, vote_by))

/// The signature of a State under the list, or its reason for none.
struct TrustListVote {
    std::uint64_t version;
    std::string list_sha256;
    bool approves;
    std::optional<std::string> signature {};
    std::optional<std::string> reason {};
};
BOOST_DESCRIBE_STRUCT(TrustListVote, (), (version, list_sha256, approves, signature, reason))

} // namespace comity::message
