#pragma once

#include "message/type.h"

/// The signed head of every message between two nodes. Kept for ever as the exact bytes that were
/// signed; never personal data: operators and auditors see it. docs/PROTOCOL.md restates it for
/// other States' implementers. Member names and words are for ever: append, never reuse.
namespace comity::message {

constexpr std::uint32_t profile_version = 1;
constexpr std::size_t manifest_bytes_max = 65'536;
constexpr std::size_t parts_max = 64; ///< Attachments are counted with them.
constexpr std::uint64_t chunk_bytes_max = 1U << 20U;
constexpr std::uint32_t chunks_max = 1024; ///< Of one attachment.
constexpr std::uint64_t attachments_bytes_max = 1U << 30U; ///< Of a message, all together.
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

/// A file beside the parts, sealed in chunks that travel before their message. Its number goes on
/// after those of the parts.
struct SealedAttachment {
    std::uint32_t n;
    std::string name;
    std::string media_type;
    std::uint64_t bytes; ///< Of the file.
    std::uint64_t chunk_bytes; ///< Of the file in each chunk; in the last, what is left.
    std::uint32_t chunks; ///< At least 1: an empty file is one chunk of nothing.
    std::string cipher_root; ///< RFC 6962 root; its leaves are the SHA-256 of the sealed chunks.
    std::string plain_root; ///< The same over the chunks with their head lines.
};
BOOST_DESCRIBE_STRUCT(SealedAttachment, (),
    (n, name, media_type, bytes, chunk_bytes, chunks, cipher_root, plain_root))

/// How a message goes. Each way has numbers of its own.
enum class Channel : std::uint8_t {
    wire, ///< From node to node.
    courier, ///< As a packet, Art. 32(7).
};
BOOST_DESCRIBE_ENUM(Channel, wire, courier)

struct Manifest {
    std::uint32_t v;
    std::string id; ///< UUIDv7.
    std::string type; ///< The word of a type; one of a newer peer is kept as it came.
    std::string suite;
    Station from;
    Station to;
    std::uint64_t seq; ///< 1, 2, 3 ... without gap for this ordered pair of States and channel.
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
    std::optional<std::vector<SealedAttachment>> attachments {};
    std::optional<Channel> channel {}; ///< The wire where it is missing.

    std::span<SealedAttachment const> sealed_attachments() const
    {
        return attachments ? std::span<SealedAttachment const> { *attachments }
                           : std::span<SealedAttachment const> {};
    }
    Channel way() const { return channel.value_or(Channel::wire); }
};
BOOST_DESCRIBE_STRUCT(Manifest, (),
    (v, id, type, suite, from, to, seq, prev_manifest_sha256, created_at, case_reference,
        in_reply_to, legal_basis, purpose, urgency, classification, personal_data, retention,
        due_at, expires_at, handling, language, parts, register_log, attachments, channel))

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

/// The first line of a chunk of an attachment before it is sealed.
struct ChunkHead {
    std::string message;
    std::uint32_t attachment;
    std::uint32_t chunk; ///< 1, 2, 3 ...
    std::string salt;
    std::vector<std::string> readers;
};
BOOST_DESCRIBE_STRUCT(ChunkHead, (), (message, attachment, chunk, salt, readers))

Bytes write_chunk(ChunkHead const& head, ByteView content);

struct OpenedChunk {
    ChunkHead head;
    std::size_t head_bytes; ///< The content begins here.
};
Result<OpenedChunk> read_chunk(ByteView plain);

struct OpenedPart {
    PartHead head;
    Bytes content;
};
Result<OpenedPart> read_part(ByteView plain);

} // namespace comity::message

COMITY_JSON_ELSEWHERE(comity::message::Manifest)
