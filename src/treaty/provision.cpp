#include "treaty/provision.h"

#include <algorithm>

namespace comity::treaty {

std::vector<Provision const*> provisions()
{
    std::vector<Provision const*> out;
    for (auto const part : { text::scope, text::mutual_assistance, text::request_kinds,
             text::form_of_requests, text::refusal, text::data_protection,
             text::classified_information, text::entry_into_force, text::reservations })
        for (auto const& each : part) out.push_back(&each);
    return out;
}

Provision const* find_provision(std::string_view id)
{
    auto const all = provisions();
    auto const found = std::ranges::find(all, id, &Provision::id);
    return found == all.end() ? nullptr : *found;
}

} // namespace comity::treaty
