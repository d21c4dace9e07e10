#pragma once

#include "base/instant.h"

#include <boost/describe/class.hpp>

#include <optional>
#include <string>

/// Why a relative's profile may be held and sent at all.
namespace comity::identification {

/// Who gave it, to whom, when, for what, until when. It lies sealed with the profile.
struct Consent {
    std::string number; ///< Of the paper that he signed.
    std::string given_by; ///< Code of the relative in our own State.
    std::string taken_by; ///< Official or service that took it.
    Date given_on;
    std::string missing_person; ///< Case of the one who is looked for; nobody else.
    Date valid_until;
    /// That other Parties keep the profile for later searches, Article 20(2): one search is less.
    std::optional<bool> kept_abroad {};
};
BOOST_DESCRIBE_STRUCT(
    Consent, (), (number, given_by, taken_by, given_on, missing_person, valid_until, kept_abroad))

} // namespace comity::identification
