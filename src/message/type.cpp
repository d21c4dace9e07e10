#include "message/type.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace comity::message {
namespace {

constexpr auto never = PersonalData::never;
constexpr auto may = PersonalData::may;
constexpr auto always = PersonalData::always;
constexpr bool reply = true;
constexpr bool first = false;

constexpr std::array<MessageType, type_count> table { {
    { Type::request, Family::request, 1, first, may, "A4(1)-1 A4(5)(a)-1 A4(5)(m) A5(1)-0 A26(2)-1",
        "A request of one Party to another, of a kind of Article 4(5) or 5(1)." },
    { Type::answer, Family::answer, 1, reply, may, "A4(1)-1 A4(6)-1",
        "The complete answer to a request." },
    { Type::refusal, Family::answer, 1, reply, may, "A30(1)-1 A30(1)-2",
        "A request refused, wholly or in part, in writing and with reasons." },
    { Type::partial_answer, Family::answer, 1, reply, may, "A4(1)-1 A5(1)-0",
        "A part of the answer, with what is still to come." },
    { Type::conditions, Family::answer, 1, reply, may, "A30(1)-1 A14(1)-2",
        "The requested Party is ready to help under the conditions it names." },
    { Type::conditions_answer, Family::request, 1, reply, never, "A30(1)-1",
        "The requesting Party accepts the conditions or declines them." },
    { Type::clarification_request, Family::answer, 1, reply, may, "A4(1)-1",
        "The requested Party asks back before it can answer." },
    { Type::clarification, Family::request, 1, reply, may, "A4(1)-1",
        "The requesting Party answers what it was asked back." },
    { Type::forwarded_request, Family::request, 1, first, may, "A4(1)-2",
        "A request passed on to the authority that is competent for it." },
    { Type::forwarding_notice, Family::answer, 1, reply, never, "A4(1)-2",
        "Tells the requesting Party to whom its request was passed on." },
    { Type::oral_request_confirmation, Family::request, 1, first, may, "A4(6)-3 A4(6)-4",
        "A request made by word of mouth, now in writing; the written answer waits for it." },
    { Type::direct_contact_copy, Family::request, 1, first, may, "A4(4)-1 A21(2)",
        "A copy for the National Central Unit of what two authorities exchanged directly." },
    { Type::request_withdrawal, Family::request, 1, first, never, "A31(4)(b)-2",
        "The requesting Party no longer needs an answer." },
    { Type::spontaneous_information, Family::notice, 1, first, may, "A6-1 A9(4)-2",
        "Information sent without a request, resting on facts, because another Party may need "
        "it." },
    { Type::case_bulletin, Family::notice, 1, first, never, "A3.1(a)",
        "Facts of cases, links and typical behaviour, without personal data." },
    { Type::event_notice, Family::notice, 1, first, never, "A3.1(b)",
        "An event or incident to come, without personal data." },
    { Type::planning_notice, Family::notice, 1, first, never, "A3.1(c)",
        "Information for operational planning, without personal data." },
    { Type::contact_directory, Family::notice, 1, first, may, "A3.1(d)",
        "Whom to reach, where and how, with the day each entry was last verified." },
    { Type::situation_report, Family::notice, 1, first, never, "A7-1 A7-2",
        "The operational situation of a period." },
    { Type::migration_report, Family::notice, 1, first, never, "A8(1) A8(2)-1 A8(2)-2",
        "Illegal migration in a period: flows, routes, means, organisation, measures planned." },
    { Type::invitation, Family::notice, 1, first, may, "A3.2(e) A11(c) D19(c)",
        "An invitation to observe, to study or to take part." },
    { Type::invitation_answer, Family::notice, 1, reply, may, "A3.2(e) A11(c) D19(c)",
        "An invitation accepted or declined." },
    { Type::liaison_posting, Family::notice, 1, first, may, "A9(1) A9(4)-1 A9(4)-3",
        "A liaison officer to be seconded, or a posting to a third State that is planned." },
    { Type::witness_measures_end, Family::notice, 1, first, never, "A10(6)-1",
        "Accompanying measures for a protected person are about to end; a code, no name." },
    { Type::treaty_notice, Family::notice, 1, first, may,
        "A31(1) A34(2) A39(1) A41(1) A41(2) A42(2) A42(3)-2",
        "A Party tells the depositary of an instrument, a reservation, a changed authority." },
    { Type::depositary_notice, Family::notice, 1, first, may, "A38(3) A38(4)",
        "The depositary tells every Party what was notified and from when it counts." },
    { Type::meeting_request, Family::notice, 1, first, never, "A33(3)-2 D25(a)",
        "A Party asks for a meeting." },
    { Type::consent_request, Family::consent, 1, first, may,
        "A5(2) A27(12)(b) A30(2) A31(4)(a)-2 A31(4)(i)",
        "Asks the Party that gave something for its consent before another use." },
    { Type::consent_answer, Family::consent, 1, reply, may,
        "A5(2) A27(12)(b) A30(2) A31(4)(a)-2 A31(4)(i)",
        "Consent given or withheld, with its limits." },
    { Type::consent_withdrawal, Family::consent, 1, first, never, "A31(4)(a)-2",
        "A consent given before ends." },
    { Type::correction, Family::data_protection, 1, first, may, "A31(4)(c)-1 A31(4)(c)-5",
        "The sender tells every receiver what was wrong or is no longer current, and what is "
        "right." },
    { Type::destruction_notice, Family::data_protection, 1, first, never, "A31(4)(b)-2 A31(4)(c)-1",
        "The sender tells every receiver to destroy what it sent." },
    { Type::destruction_confirmation, Family::data_protection, 1, first, never,
        "A31(4)(b)-1 A31(4)(c)-2",
        "What was destroyed, when, and under which entry of the register." },
    { Type::doubt_notice, Family::data_protection, 1, first, may, "A31(4)(c)-4",
        "The receiver has reason to think that something it received is wrong." },
    { Type::unlawful_use_report, Family::data_protection, 1, first, may, "A31(4)(c)-3",
        "The receiver reports that received data were used unlawfully." },
    { Type::processing_inquiry, Family::data_protection, 1, first, never, "A31(4)(f)",
        "The sender asks how its data were processed and with what result." },
    { Type::processing_report, Family::data_protection, 1, reply, may, "A31(4)(f)",
        "How received data were processed and with what result." },
    { Type::comment_request, Family::data_protection, 1, first, may, "A31(4)(g)-3",
        "Before a person gets an answer the Party that sent the data may comment." },
    { Type::comment, Family::data_protection, 1, reply, may, "A31(4)(g)-3",
        "The comment of the Party that sent the data." },
    { Type::level_change, Family::classified, 1, first, never, "A32(4)-1",
        "The level of classified information is changed or lifted." },
    { Type::level_change_confirmation, Family::classified, 1, reply, never, "A32(4)-2",
        "The receiver follows the change; the copies it marked anew." },
    { Type::breach_report, Family::classified, 1, first, may, "A32(6)",
        "A breach of protection: circumstances, consequences, measures." },
    { Type::courier_notice, Family::classified, 1, first, never, "A32(7)",
        "A packet goes by courier; what it is sealed with and how to confirm it." },
    { Type::courier_receipt, Family::classified, 1, reply, never, "A32(7)",
        "The packet came; whether its seal was whole." },
    { Type::stop_order, Family::operation, 1, first, may,
        "A13(1)-4 A14(4)-1 A15(2)-1 A16(2)-4 A16(5)-3",
        "An operation on the sender's territory has to stop." },
    { Type::stop_acknowledgement, Family::operation, 1, reply, may, "A13(1)-4 A14(4)-1 A16(2)-4",
        "The order reached the officials; when they stopped." },
    { Type::instructions, Family::operation, 1, first, may, "A13(5)(a) A14(5)(a)",
        "Instructions of the territorial Party to officials on its ground." },
    { Type::pursuit_notice, Family::operation, 1, first, may, "A13(1)-1 A13(1)-3 A13(1)-5",
        "Officials in hot pursuit cross the border, or have crossed it." },
    { Type::surveillance_request, Family::operation, 1, first, always, "A14(1)-1 A14(2)-3",
        "A request to continue surveillance across the border." },
    { Type::surveillance_notice, Family::operation, 1, first, may, "A14(2)-2",
        "Officials crossed in surveillance for urgent reasons without authorisation." },
    { Type::controlled_delivery_request, Family::operation, 1, first, may, "A15(1)-1 A15(9)",
        "A request to let a consignment enter, pass or leave under control." },
    { Type::undercover_request, Family::operation, 1, first, may, "A16(1)-1 A16(1)-2 A17(1)",
        "A request for an undercover investigation." },
    { Type::undercover_notice, Family::operation, 1, first, may, "A16(5)-1 A16(5)-3",
        "An undercover investigator crossed before consent could be had." },
    { Type::evidence_request, Family::operation, 1, first, may, "A18(1)-1 A18(1)-2",
        "A request to secure evidence in imminent danger." },
    { Type::evidence_results, Family::operation, 1, reply, may, "A18(4)-1 A18(5)-1 A18(5)-2",
        "What was secured, and the order that it rests on." },
    { Type::body_search_request, Family::operation, 1, first, always, "A19(1) A19(2)(a) A19(2)(b)",
        "A request to search the body of a person." },
    { Type::authorisation, Family::operation, 1, reply, may,
        "A14(1)-2 A14(1)-4 A15(1)-2 A16(1)-1 A18(2)",
        "The decision on an operation: granted, granted under conditions, or not." },
    { Type::take_over, Family::operation, 1, first, may, "A14(1)-3 A15(2)-1",
        "Control of an operation passes to the territorial Party, or back." },
    { Type::detention_notice, Family::operation, 1, first, may, "A13(6)-1 A15(4)-2 A15(4)-3",
        "A person was held or goods were seized on the territory of another Party." },
    { Type::hand_over_request, Family::operation, 1, first, may, "A15(5)",
        "A written request to hand over what was seized." },
    { Type::appearance_request, Family::operation, 1, first, may, "A13(5)(h) A14(5)(g)-2",
        "Officials who acted abroad are asked to appear or to help what follows." },
    { Type::operation_report, Family::operation, 1, first, may, "A13(5)(g) A14(5)(g)-1 A28(5)",
        "The report after an operation, also one without a result." },
    { Type::team_proposal, Family::operation, 1, first, may, "A27(1)-1 A27(3)-1 A27(4)",
        "A joint investigation team is proposed, with what Article 27(4) asks for." },
    { Type::team_accession, Family::operation, 1, reply, may, "A27(1)-1 A27(1)-2",
        "A Party joins the team, or does not, and whom it sends." },
    { Type::patrol_plan, Family::operation, 1, first, may, "A28(1) A28(4)",
        "A mixed patrol: area, time, members, what they carry." },
    { Type::damage_claim, Family::claim, 1, first, may, "A22 A23(1) A31(5)-1",
        "Damage done by officials abroad or by data that were wrong." },
    { Type::reimbursement_request, Family::claim, 1, first, may, "A20(1)-5 A23(3) A31(5)-3 A35",
        "Costs or damages to be paid back by the other Party." },
    { Type::settlement, Family::claim, 1, reply, may, "A23(3) A31(5)-3 A35",
        "What was agreed or paid on a claim." },
    { Type::dna_request, Family::identification, 1, first, may, "A20(1)-1 A20(1)-3 A20(2)",
        "A profile or other material to be compared, and perhaps kept." },
    { Type::dna_result, Family::identification, 1, reply, may, "A20(1)-2",
        "Hit or no hit, locus by locus in numbers; no person yet." },
    { Type::dna_confirmation, Family::identification, 1, first, may, "A20(1)-2",
        "Two experts looked at a hit and confirm it or do not." },
    { Type::dna_sampling_request, Family::identification, 1, first, always,
        "A20(3)-1 A20(3)(a) A20(3)(b) A20(3)(c)", "A request to obtain a profile from a person." },
    { Type::search_hit, Family::identification, 1, first, may, "A4(5)(g) A26(2)-1",
        "A person, object or vehicle that another Party searches for was found." },
    { Type::threat_contribution, Family::cycle, 1, first, never, "A7-3 D2 D20",
        "A Party's part of the yearly joint threat analysis." },
    { Type::action_plan, Family::cycle, 1, first, never, "D15 D18(a) D19(b)",
        "An operational action plan with its actions." },
    { Type::commitment, Family::cycle, 1, first, never, "D8 D26",
        "What a State undertakes, and how far it is." },
    { Type::cycle_result, Family::cycle, 1, first, never, "D18(b) D21(c) D26",
        "Results of an action in a period, each counted once." },
    { Type::strategic_product, Family::cycle, 1, first, never, "D21(b) D24(b)",
        "An analysis or practice shared with the others." },
    { Type::key_rotation_notice, Family::system, 1, first, never, "",
        "A certificate or key of the node is replaced." },
    { Type::trust_list_proposal, Family::system, 1, first, never, "",
        "A new version of the trust list, for the signatures of the others." },
    { Type::trust_list_vote, Family::system, 1, reply, never, "",
        "A signature under a proposed trust list, or why there is none." },
    { Type::dna_run_proposal, Family::identification, 1, first, never, "A20(1)-1 A20(1)-3",
        "All open profiles of one kind are to be compared with a Party's whole file." },
    { Type::dna_run_answer, Family::identification, 1, reply, never, "A20(1)-1",
        "The Party agrees to that or does not, and how many hits chance alone would give." },
    { Type::dna_run_portion, Family::identification, 1, first, may, "A20(1)-1",
        "Some of the profiles of such a run." },
    { Type::dna_run_result, Family::identification, 1, reply, may, "A20(1)-2",
        "The hits of a portion, by reference numbers." },
    { Type::dna_run_stop, Family::identification, 1, first, never, "A20(1)-1",
        "A run is stopped by either side, or goes on." },
    { Type::dna_sampling_answer, Family::identification, 1, reply, may,
        "A20(3)-1 A20(3)(c) A20(3)(d)",
        "Whether a sample may be taken, and later the profile with its costs." },
} };

} // namespace

std::span<MessageType const> message_types()
{
    return table;
}

MessageType const& message_type(Type type)
{
    auto const number = static_cast<std::size_t>(type);
    MUST(1 <= number && number <= table.size());
    return table[number - 1];
}

MessageType const* find_type(std::string_view word)
{
    auto const type = json::from_word<Type>(word);
    return type ? &message_type(*type) : nullptr;
}

std::string schema_of(Type type)
{
    return fmt::format("{}/{}", json::word(type), message_type(type).version);
}

} // namespace comity::message
