#pragma once

#include "treaty/deadline.h"
#include "treaty/law.h"

#include <boost/container/small_vector.hpp>

namespace comity::treaty {

template <class T> struct Sourced {
    T value {};
    SourceId source = source_convention;
};

/// What an authority is on a date: everything the provisions ask about it.
struct Standing {
    Sourced<bool> registered; ///< Known to Comity as competent in its Party (Art. 2(a)).
    Sourced<bool> listed; ///< On an annexed list, itself or as part of one that is (Art. 4(2)).
    Sourced<bool> central; ///< The National Central Unit, or stands in for it (Art. 4(3)).
    Sourced<bool> registry; ///< Keeps a register of vehicles (Art. 4(5)(a)).
};

/// An authority of a Party by its id, on a date.
struct AuthorityThen {
    std::string_view id;
    Standing standing;
};

/// One of the two Parties on its own civil date.
struct Side {
    PartyCode code;
    std::string_view zone; ///< IANA.
    Date date; ///< In the Party's own zone.
    Truth in_force;
    std::optional<Date> in_force_since; ///< Empty: never a Party, or not known.
    bool has_unit; ///< A National Central Unit is listed.
    bool central_known; ///< It is, or an existing structure stands in for it.
    Sourced<Truth> protection_ready;
    std::array<Sourced<Truth>, kind_count> judicial; ///< Unknown: the table is silent.
    std::array<Sourced<bool>, level_max + 1> marked; ///< Has a marking of the level.
    std::array<Sourced<Truth>, national_rule_count> national; ///< Unknown: the table is silent.
    bool eu_member; ///< Of the European Union.
    boost::container::small_vector<AuthorityThen, 8> authorities; ///< Each id once.

    /// Nothing at all for an authority that is not known on the date.
    Standing const& standing(std::string_view authority_id) const;
};

/// The reservations that a provision judges; the others are register data.
enum class Reserved : std::uint8_t {
    bg_classified,
    bg_personal_data,
    at_judicial,
    hr_eu_members,
    hr_vehicles,
    hr_operations,
};
constexpr std::array<std::string_view, 6> reserved_ids { "RES-BG(1)", "RES-BG(2)", "RES-AT(1)",
    "RES-HR(1)", "RES-HR(2)", "RES-HR(3)" };

/// A reservation that one of the two Parties made, on the date.
struct ReservedBetween {
    bool value = false;
    SourceId source = source_convention;
    Towards towards {};
    bool other_in_eu = false; ///< The other Party is a member of the European Union.
};
constexpr std::size_t article_count = 42;

/// Whether an implementing agreement (Art. 34(1)) of two Parties has a word on something.
enum class Stated : std::uint8_t { nowhere, not_public, yes };

/// What it says. A flag is 0 or 1; an OffenceModel its number.
struct Agreed {
    Stated stated = Stated::nowhere;
    SourceId source = source_convention;
    std::int64_t number = 0;
    std::vector<std::string> const* ids = nullptr; ///< Set whenever ids are stated.
};

/// All parameters of the law between two Parties at an instant, resolved once: the provisions read
/// no table. Valid while its law lives.
struct Pair {
    Instant at;
    Truth convention_in_force;
    Side requesting, requested;
    std::array<ReservedBetween, reserved_ids.size()> reserved; ///< In effect between the two.
    std::array<Sourced<bool>, article_count + 1> suspended; ///< By one of the two (Art. 42(3)).
    std::array<Agreed, agreement_term_count> agreed;

    std::string_view zone(Calendar calendar) const;
};

Pair resolve(Law const& law, PartyCode requesting, PartyCode requested, Instant at);

} // namespace comity::treaty
