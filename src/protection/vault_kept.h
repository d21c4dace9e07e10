#pragma once

#include "protection/vault.h"
#include "protection/vault_store.h"

#include <algorithm>

namespace comity::protection {

/// What lies sealed beside the content.
struct Inside {
    Label label;
    std::vector<Term> terms {}; ///< Normalised: to be blinded anew when the day changes.
    std::string heading {};
};
BOOST_DESCRIBE_STRUCT(Inside, (), (label, terms, heading))

/// A row of the vault with what opens it.
struct Vault::Kept {
    tables::SealedRow row;
    crypto::Key256 key {};
    Inside inside {};
    std::shared_ptr<crypto::Aes256Gcm const> seals {}; ///< Under its key, once it was opened.
};

/// What a new item needs at random, in one draw: its key and the nonces of its three seals.
struct Drawn {
    std::array<std::uint8_t, sizeof(crypto::Key256) + 3 * sizeof(crypto::Nonce96)> bytes {};

    crypto::Key256 key() const
    {
        crypto::Key256 out {};
        std::ranges::copy_n(bytes.begin(), out.size(), out.begin());
        return out;
    }
    crypto::Nonce96 nonce(std::size_t which) const
    {
        crypto::Nonce96 out {};
        auto const at = sizeof(crypto::Key256) + which * out.size();
        std::ranges::copy_n(
            bytes.begin() + static_cast<std::ptrdiff_t>(at), out.size(), out.begin());
        return out;
    }
};

constexpr std::string_view label_place = "label", content_place = "content";

/// Opens what Vault::seal sealed: a nonce, and the cipher with its tag.
Result<Bytes> open_sealed(crypto::Key256 const& key, std::string_view beside, ByteView sealed);
/// As it lies in a row. Earlier versions kept JSON, which begins with a brace; packed it begins
/// with the number of its members.
Bytes pack(Inside const& inside);
Result<Inside> inside_of(ByteView bytes);
/// What a seal is bound to, so that it does not open where another item or part should lie.
std::string beside(std::string_view id, std::string_view part);
std::string beside_key(std::int64_t item, std::uint64_t drawer);
/// The first day of the month after.
Date month_after(Date day);

} // namespace comity::protection
