#pragma once

#include "message/protection.h"
#include "message/register_entry.h"
#include "protection/label.h"

/// What a destruction leaves behind: that it was, and what it reached.
namespace comity::protection {

enum class CopyKind : std::uint8_t {
    attachment, ///< An item of the vault: it is destroyed with the one it hangs on.
    draft, ///< The same.
    index, ///< Of another room, which clears it in the same commit.
    exported, ///< Outside the node: somebody has to fetch or destroy it.
};
BOOST_DESCRIBE_ENUM(CopyKind, attachment, draft, index, exported)

struct Copy {
    CopyKind kind {};
    std::string place; ///< The id of the item; or where an export lies, without personal data.
};
BOOST_DESCRIBE_STRUCT(Copy, (), (kind, place))

struct Destroyed {
    std::string id;
    std::string owner;
    message::DestructionGround ground {};
    Instant at;
    std::optional<std::uint64_t> fulfilled {}; ///< The entry of its sending or receipt.
    std::optional<std::uint64_t> entry {}; ///< The register's entry that says that it is gone.
    std::vector<Copy> copies {};
};
BOOST_DESCRIBE_STRUCT(Destroyed, (), (id, owner, ground, at, fulfilled, entry, copies))

/// Art. 31(4)(b): all that came from a Party is destroyed by its last day in the Convention.
struct DestructionCertificate {
    std::uint32_t v = 1;
    std::string of; ///< The State that certifies.
    std::string owner; ///< The Party whose data they were.
    Date last_day;
    Instant at;
    std::uint64_t items = 0;
    std::uint64_t holds_ended = 0; ///< Held items among them: no hold outlives the last day.
    std::uint64_t keys = 0; ///< Of periods, destroyed with them.
    std::vector<Copy> exports {}; ///< Outside the node, still to be fetched.
    std::optional<std::uint64_t> first_entry {}, last_entry {}; ///< Of the register, between them.
    std::vector<std::string> provisions { "A31(4)(b)-3" };
};
BOOST_DESCRIBE_STRUCT(DestructionCertificate, (),
    (v, of, owner, last_day, at, items, holds_ended, keys, exports, first_entry, last_entry,
        provisions))

/// The register entry of a destruction, made from the entry of the sending or receipt it fulfils.
message::RegisterEntry destruction_of(
    message::RegisterEntry const& fulfilled, std::uint64_t entry, Instant at);

/// One item that a search by a word found. Its content still has to be asked for.
struct Found {
    std::string id;
    std::string owner;
    Date destroy_on;
};
BOOST_DESCRIBE_STRUCT(Found, (), (id, owner, destroy_on))

} // namespace comity::protection
