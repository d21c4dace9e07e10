#pragma once

#include "message/type.h"

/// The signed head of every message between two nodes. Kept for ever as the exact bytes that were
/// signed; never personal data: operators and auditors see it. docs/PROTOCOL.md restates it for
/// other States' implementers. Member names and words are for ever: append, never reuse.
namespace comity::message {

constexpr std::uint32_t profile_version = 1;
constexpr std::size_t manifest_bytes_max = 65'536;
constexpr std::size_t parts_max = 64;
constexpr std::size_t type_characters_max = 64;
constexpr std::string_view suite = "CMS-P256-SHA256-A256GCM";

enum class Urgency : std::uint8_t { routine, urgent, flash };
BOOST_DESCRIBE_ENUM(Urgency, routine, urgent, flash)

/// One end of a message.
struct Station {
    std::string state; ///< ISO 3166-1 alpha-2.
    std::string unit; ///< The National Central Unit.
    std::optional<std::string> officer; ///< A pseudonym that the State itself can resolve.
    std::string certificate; ///< SHA-256 of the seal (from) or of the certificate sealed to (to).
};
BOOST_DESCRIBE_STRUCT(Station, (), (state, unit, officer, certificate))

struct CaseReference {
    std::string ours; ///< The sender's number.
    std::optional<std::string> yours;
};
BOOST_DESCRIBE_STRUCT(CaseReference, (), (ours, yours))

struct InReplyTo {
    std::string id;
    std::string manifest_sha256;
};
BOOST_DESCRIBE_STRUCT(InReplyTo, (), (id, manifest_sha256))

struct LegalBasis {
    std::string instrument; ///< "PCC SEE".
    std::vector<std::string> provisions; ///< Those that the sender's decision found to hold.
    std::string law_version;
};
BOOST_DESCRIBE_STRUCT(LegalBasis, (), (instrument, provisions, law_version))

struct Retention {
    Date erase_by; ///< Art. 31(4)(b): set by the sender, binding on the receiver.
    std::string rule;
};
BOOST_DESCRIBE_STRUCT(Retention, (), (erase_by, rule))

struct Classification {
    std::uint8_t level; ///< 0 none, 1 RESTRICTED ... 4 TOP SECRET (Art. 32).
    std::optional<std::string> marking; ///< As the sending Party prints it.
};
BOOST_DESCRIBE_STRUCT(Classification, (), (level, marking))

struct Part {
    std::uint32_t n; ///< 1, 2, 3 ...
    std::string name;
    std::string media_type;
    std::string schema; ///< "request/1": name and version of the content's schema.
    std::uint64_t bytes; ///< Of the plain content with its head line.
    std::string cipher_sha256;
    std::string plain_sha256; ///< Of head line and content: the salt in the head keeps it opaque.
};
BOOST_DESCRIBE_STRUCT(Part, (), (n, name, media_type, schema, bytes, cipher_sha256, plain_sha256))

struct Manifest {
    std::uint32_t v;
    std::string id; ///< UUIDv7.
    std::string type; ///< The word of a type; one of a newer peer is kept as it came.
    std::string suite;
    Station from;
    Station to;
    std::uint64_t seq; ///< 1, 2, 3 ... without gap for this ordered pair of States.
    std::string prev_manifest_sha256; ///< Of seq - 1 on this pair; 64 zeros for the first.
    Instant created_at;
    CaseReference case_reference;
    std::optional<InReplyTo> in_reply_to;
    LegalBasis legal_basis;
    std::string purpose;
    Urgency urgency;
    Classification classification;
    bool personal_data;
    std::optional<Retention> retention;
    std::optional<Instant> due_at;
    std::optional<Instant> expires_at; ///< After this the sender no longer wants it delivered.
    std::vector<std::string> handling; ///< H0 ... H3.
    std::string language;
    std::vector<Part> parts;
    std::string register_log; ///< Origin of the sender's register.
};
BOOST_DESCRIBE_STRUCT(Manifest, (),
    (v, id, type, suite, from, to, seq, prev_manifest_sha256, created_at, case_reference,
        in_reply_to, legal_basis, purpose, urgency, classification, personal_data, retention,
        due_at, expires_at, handling, language, parts, register_log))

/// Reads foreign bytes and checks every rule of form that needs no key and no table; the error
/// names the member. Members of a newer profile are passed over, the bytes are kept by the caller.
/// A type that is not known here is no error: see find_type.
Result<Manifest> read_manifest(std::string_view text);

/// What the table of types asks of a manifest: `inReplyTo`, `personalData`. An unknown type asks
/// for nothing. Apart from read_manifest: whoever breaks it gets a signed rejection.
Result<void> check_type(Manifest const& manifest);

/// The first line of a part before it is sealed: binds the content to its message and salts it.
struct PartHead {
    std::string message;
    std::uint32_t part;
    std::string salt; ///< 32 random bytes in base64.
    std::vector<std::string> readers; ///< States that can open it.
};
BOOST_DESCRIBE_STRUCT(PartHead, (), (message, part, salt, readers))

/// Head line, line feed, content.
Bytes write_part(PartHead const& head, ByteView content);

struct OpenedPart {
    PartHead head;
    Bytes content;
};
Result<OpenedPart> read_part(ByteView plain);

} // namespace comity::message
