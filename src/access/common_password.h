#pragma once

#include "access/password.h"

namespace comity::access {

/// Whether a password is among the first that somebody tries: a word that leaked lists are full of,
/// with figures and signs around it or put for its letters; any one word that needs them to be long
/// enough; a run of the keyboard or the alphabet;
/// one thing again and again; the account's own name. Long enough is not enough
/// (NIST SP 800-63B section 5.1.1.2).
bool is_common_password(std::string_view password, std::string_view name);

/// keep_password, but for those. Error: malformed (`field` "password").
Result<std::string> keep_password_of(
    std::string_view name, std::string_view password, PasswordCost cost);

} // namespace comity::access
