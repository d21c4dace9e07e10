#pragma once

#include "base/json.h"

/// The receiver's signed word on what became of a message. CMS with the JSON enclosed; composed in
/// the commit that stores what it speaks of, so it never leaves before that is on disk. The same
/// message again gets the same bytes again. The first three kinds answer a message, one of them
/// each; the others come later, each once.
namespace comity::message {

constexpr std::size_t receipt_bytes_max = 262'144;

enum class ReceiptKind : std::uint8_t {
    durable, ///< Opened, judged and stored.
    rejected, ///< Authentic and in order, but it cannot be taken; `reason` says why.
    expired, ///< It came after the instant until which its sender wanted it delivered.
    delivered, ///< Before the eyes of the unit that is competent for it.
    opened, ///< An officer has read it.
    answered, ///< An answer or a refusal to it was sent.
    destroyed, ///< Its content is destroyed, with the key (A31(4)(b)).
};
BOOST_DESCRIBE_ENUM(ReceiptKind, durable, rejected, expired, delivered, opened, answered, destroyed)

constexpr bool is_later(ReceiptKind kind)
{
    return kind > ReceiptKind::expired;
}

struct ReceiptPart {
    std::uint32_t n;
    std::string cipher_sha256;
    bool opened;
};
BOOST_DESCRIBE_STRUCT(ReceiptPart, (), (n, cipher_sha256, opened))

struct Check {
    std::string rule;
    std::string result;
};
BOOST_DESCRIBE_STRUCT(Check, (), (rule, result))

struct Reason {
    std::string code;
    std::string field;
    std::string text;
};
BOOST_DESCRIBE_STRUCT(Reason, (), (code, field, text))

/// Proves the receiver's own register entry under the head it signed in the same commit.
struct RegisterProof {
    std::string log;
    std::uint64_t index;
    std::string leaf; ///< base64
    std::vector<std::string> path; ///< base64
    std::string checkpoint; ///< Signed note.
    /// The newest head of the same register that others have cosigned, with their lines: it is
    /// older than `checkpoint`, since nobody can have seen that one yet.
    std::optional<std::string> cosigned {};
};
BOOST_DESCRIBE_STRUCT(RegisterProof, (), (log, index, leaf, path, checkpoint, cosigned))

struct Receipt {
    std::uint32_t v;
    std::string id;
    ReceiptKind kind;
    std::string message_id;
    std::string manifest_sha256;
    std::string signature_sha256;
    std::vector<ReceiptPart> parts;
    std::string from; ///< The State that gives the receipt.
    std::string to;
    std::uint64_t seq;
    std::uint64_t highest_contiguous_seq;
    Instant received_at;
    Instant persisted_at;
    std::vector<Check> checks;
    std::optional<Reason> reason;
    std::optional<Instant> due_at; ///< The receiver's own clock for the answer.
    /// Paths in the message that the receiver does not know ("type", "parts[0].vessel"): kept and
    /// shown, but nobody there acts on them.
    std::optional<std::vector<std::string>> not_understood;
    RegisterProof register_entry;
    std::string seal_certificate_sha256;
};
BOOST_DESCRIBE_STRUCT(Receipt, (),
    (v, id, kind, message_id, manifest_sha256, signature_sha256, parts, from, to, seq,
        highest_contiguous_seq, received_at, persisted_at, checks, reason, due_at, not_understood,
        register_entry, seal_certificate_sha256))

} // namespace comity::message

COMITY_JSON_ELSEWHERE(comity::message::Receipt)
