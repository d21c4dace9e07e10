#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

/// Sentences with open places: "In force for {requesting}{requesting-since}.". What may stand in a
/// place goes by its name: a Party's code (requesting, requested, sender, receiver
/// and party), a date (...-date), a date or "not known" (...-day), " since " and a date or nothing
/// (...-since), digits (count), a text without blanks (...-id), and any text for every other name.
namespace comity::treaty {

/// What stands in a place, by its name and what stood there in English.
using Filled = std::function<std::string(std::string_view name, std::string_view text)>;

bool has_open_places(std::string_view sentence);

/// `sentence` with what `filled` says for each of its open places, of which it is told the name.
std::string fill(std::string_view sentence, Filled const& filled);

/// Who or what stands in an open place of a reason where nobody acts: "the requesting Party".
/// Nothing for a time since when. None for a place that reasons do not have.
std::optional<std::string_view> role_of(std::string_view place);

/// `words` with what stands in `text` at the open places of `english`; none where `text` is another
/// sentence. A place of `words` that `english` lacks stays open.
std::optional<std::string> words_with(
    std::string_view english, std::string_view words, std::string_view text, Filled const& filled);

} // namespace comity::treaty
