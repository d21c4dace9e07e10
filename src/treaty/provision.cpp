#include "treaty/provision.h"

#include <algorithm>

namespace comity::treaty {
namespace {

constexpr Part const* all_parts[] {
    // Chapter one.
    &text::scope,
    &text::mutual_assistance,
    &text::request_kinds,
    &text::form_of_requests,
    &text::dna,
    &text::competent_authorities,
    &text::technical_measures,
    &text::accommodation,
    &text::border_search,
    &text::joint_investigation_team,
    &text::joint_investigation_team_work,
    &text::mixed_patrols,
    &text::common_centres,
    // Chapter two.
    &text::refusal,
    &text::data_protection,
    &text::classified_information,
    // Chapter three.
    &text::entry_into_force,
    &text::reservations,
};

} // namespace

std::span<Part const* const> parts()
{
    return all_parts;
}

std::vector<Provision const*> provisions()
{
    std::vector<Provision const*> out;
    for (auto const* part : all_parts)
        for (auto const& each : part->provisions) out.push_back(&each);
    return out;
}

Provision const* find_provision(std::string_view id)
{
    auto const all = provisions();
    auto const found = std::ranges::find(all, id, &Provision::id);
    return found == all.end() ? nullptr : *found;
}

} // namespace comity::treaty
