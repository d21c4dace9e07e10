#include "treaty/provision.h"

#include <algorithm>

namespace comity::treaty {
namespace {

constexpr Part const* all_parts[] {
    // Before the chapters.
    &text::scope,
    &text::general_measures,
    // Chapter one.
    &text::mutual_assistance,
    &text::request_kinds,
    &text::form_of_requests,
    &text::information_on_request,
    &text::spontaneous_information,
    &text::situation_and_migration,
    &text::liaison_officers,
    &text::witness_protection,
    &text::training_and_prevention,
    &text::hot_pursuit,
    &text::hot_pursuit_rules,
    &text::hot_pursuit_by_agreement,
    &text::surveillance,
    &text::surveillance_rules,
    &text::surveillance_by_agreement,
    &text::controlled_delivery,
    &text::controlled_delivery_rules,
    &text::third_state_delivery,
    &text::undercover_investigation,
    &text::preventive_undercover,
    &text::urgent_evidence,
    &text::body_search,
    &text::dna,
    &text::competent_authorities,
    &text::technical_measures,
    &text::accommodation,
    // Chapter two.
    &text::border_search,
    &text::joint_investigation_team,
    &text::joint_investigation_team_work,
    &text::mixed_patrols,
    &text::common_centres,
    &text::refusal,
    &text::data_protection,
    &text::correction_and_register,
    &text::rights_of_the_person,
    &text::classified_information,
    &text::handling_of_information,
    // Chapter three.
    &text::committee_and_agreements,
    &text::depositary,
    &text::entry_into_force,
    &text::withdrawal_and_suspension,
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
