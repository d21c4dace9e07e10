#pragma once

#include <cstdint>
#include <span>
#include <string_view>

/// What members of one struct ask of each other. Data, because the check, the schema and the page
/// all read them.
namespace comity::message {

/// Where `member` says `is`, one of `needs` must be there, a list with something in it.
struct Need {
    std::string_view of_struct;
    std::string_view member; ///< Empty: always.
    std::string_view is; ///< A word, "true", "false"; "*": present at all.
    std::string_view needs; ///< Names with a blank between; one is enough.
};
std::span<Need const> needs();

/// `first` is not after `last`: dates, instants or numbers.
struct Order {
    std::string_view of_struct;
    std::string_view first;
    std::string_view last;
};
std::span<Order const> orders();

} // namespace comity::message
