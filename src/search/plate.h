#pragma once

#include <string>
#include <string_view>

/// Registration plates of the twelve Parties: one key for every way of writing one plate.
namespace comity::search {

/// Capital Latin letters and digits only: Cyrillic letters that look like Latin ones and Serbian
/// and Croatian diacritics are folded, spaces and marks dropped. "СА 1234 АВ" and "ca1234ab" are
/// one.
std::string plate_key(std::string_view plate);

/// What is known of the formats of a State fits. Formats change and old series stay valid, so a
/// plate that fits none deserves a warning and never a refusal.
enum class PlateFit : bool { unusual, usual };
PlateFit plate_fit(std::string_view state, std::string_view plate);

/// Capital letters and digits of a vehicle identification number, O and Q read as 0, I as 1
/// (ISO 3779 uses none of the three).
std::string vin_key(std::string_view vin);

} // namespace comity::search
