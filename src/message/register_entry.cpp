#include "message/register_entry.h"

namespace comity::message {

Act act_of(std::string_view word)
{
    return json::from_word<Act>(word).value_or(Act::other);
}

Result<RegisterEntry> read_entry(std::string_view leaf)
{
    auto value = TRY(json::parse(leaf));
    if (auto* object = value.if_object())
        if (auto* act = object->if_contains("act"); act && act->is_string())
            *act = json::word(act_of(act->get_string()));
    return json::read<RegisterEntry>(value, json::Unknown::keep);
}

} // namespace comity::message
