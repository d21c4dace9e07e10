#pragma once

#include "treaty/deadline.h"
#include "treaty/view.h"

namespace comity::treaty {

/// The measures that a provision governs.
class Measures {
public:
    constexpr Measures() = default;
    constexpr Measures(std::initializer_list<Measure> measures)
    {
        for (auto const each : measures) half(each) |= bit(each);
    }

    constexpr bool has(Measure measure) const
    {
        return ((static_cast<unsigned>(measure) < 64 ? low_ : high_) & bit(measure)) != 0;
    }
    constexpr Measures operator|(Measures other) const
    {
        other.low_ |= low_;
        other.high_ |= high_;
        return other;
    }
    constexpr bool operator==(Measures const&) const = default;

private:
    static constexpr std::uint64_t bit(Measure measure)
    {
        return std::uint64_t { 1 } << (static_cast<unsigned>(measure) % 64);
    }
    constexpr std::uint64_t& half(Measure measure)
    {
        return static_cast<unsigned>(measure) < 64 ? low_ : high_;
    }
    std::uint64_t low_ = 0, high_ = 0;
};
static_assert(measure_count <= 128);

constexpr Measures requests { Measure::information_request, Measure::information_request_received };
/// What the sender alone can judge, before anything leaves.
constexpr Measures sendings { Measure::information_request, Measure::information_answer,
    Measure::spontaneous_information };
constexpr Measures transmissions
    = requests | Measures { Measure::information_answer, Measure::spontaneous_information };
/// Requests of Articles 15 to 20, which name a person or a case as a request for information does.
constexpr Measures further_requests { Measure::controlled_delivery,
    Measure::undercover_investigation, Measure::preventive_undercover_investigation,
    Measure::evidence_request, Measure::evidence_results, Measure::body_search,
    Measure::dna_comparison, Measure::dna_storage, Measure::dna_sampling };
/// Everything that carries data of a case to the other Party.
constexpr Measures messages = transmissions | further_requests
    | Measures { Measure::surveillance, Measure::classified_transmission };
/// Where data on persons may travel: Articles 7 to 10 let them travel outside the messages too.
constexpr Measures data_exchanges = messages
    | Measures { Measure::situation_report, Measure::migration_exchange, Measure::liaison_act,
          Measure::liaison_representation, Measure::witness_reception };
/// What a State does towards the depositary, perhaps before it is a Party.
constexpr Measures instruments { Measure::instrument_deposit, Measure::reservation_deposit,
    Measure::reservation_withdrawal, Measure::withdrawal, Measure::suspension };
constexpr Measures all_but(Measures others)
{
    Measures out;
    for (std::size_t i = 0; i < measure_count; ++i)
        if (!others.has(static_cast<Measure>(i))) out = out | Measures { static_cast<Measure>(i) };
    return out;
}
constexpr Measures between_parties = all_but(instruments);
/// Of these, what law enforcement authorities do; the others are for ministries.
constexpr Measures between_authorities = all_but(instruments
    | Measures { Measure::damage_claim, Measure::reimbursement, Measure::accommodation_registration,
        Measure::accommodation_search, Measure::committee_decision, Measure::implementing_agreement,
        Measure::authority_change });
/// Crossing a border, or working on foreign ground, with a purpose of its own.
constexpr Measures operations { Measure::hot_pursuit, Measure::surveillance,
    Measure::urgent_surveillance, Measure::urgent_undercover_entry, Measure::mixed_group,
    Measure::joint_investigation_team, Measure::mixed_patrol };

/// The day of signature: since then the text is what it is.
constexpr Date text_since
    = std::chrono::sys_days { std::chrono::year { 2006 } / std::chrono::May / 5 };

/// One duty of the Convention as a rule. The official text is never copied; `law` restates it in
/// our own short English. In the reasons {requesting}, {requested}, {sender}, {receiver} stand for
/// the Parties and {requesting-date}, {requested-date}, {sender-date} for their civil dates.
struct Provision {
    std::string_view id; ///< "A31(4)(b)-1"; for ever.
    std::string_view title; ///< A few words.
    std::string_view law;
    Effect effect;
    Measures measures;
    Outcome (*judge)(View&);
    std::string_view holds, fails, not_applicable; ///< The reason for each result.
    std::string_view duty {}; ///< What somebody must do when it holds.
    std::string_view delegated {}; ///< What no machine may decide, and who does.
    Term const* term {}; ///< The deadline that starts with it.
    FactDescription const* anchor {}; ///< The date or instant that the deadline counts from.
    Validity validity { text_since, open_end };
};

constexpr Outcome outcome(Truth condition)
{
    return condition.unknown() ? Outcome::missing
        : condition.yes()      ? Outcome::holds
                               : Outcome::fails;
}

/// A duty arises or does not; it cannot fail.
constexpr Outcome arises(Truth condition)
{
    return condition.no() ? Outcome::not_applicable : outcome(condition);
}

/// The outcome of a provision whose case is not certainly given.
constexpr Outcome skip(Truth applies)
{
    return applies.unknown() ? Outcome::missing : Outcome::not_applicable;
}

/// One part of the text, in its order, and the file it stands in.
struct Part {
    std::string_view file; ///< "chapter1/hot_pursuit.cpp".
    std::string_view title; ///< "Hot pursuit".
    std::string_view articles; ///< "Art. 13".
    std::span<Provision const> provisions;
};

namespace text {
// Before the chapters.
extern Part const scope, general_measures; ///< Art. 1 to 3.
// Chapter one: Art. 4 to 25.
extern Part const mutual_assistance, request_kinds, form_of_requests; ///< Art. 4.
extern Part const information_on_request, spontaneous_information; ///< Art. 5, 6.
extern Part const situation_and_migration, liaison_officers; ///< Art. 7 to 9.
extern Part const witness_protection, training_and_prevention; ///< Art. 10 to 12.
extern Part const hot_pursuit, hot_pursuit_rules, hot_pursuit_by_agreement; ///< Art. 13.
extern Part const surveillance, surveillance_rules, surveillance_by_agreement; ///< Art. 14.
extern Part const controlled_delivery, controlled_delivery_rules,
    third_state_delivery; ///< Art. 15.
extern Part const undercover_investigation, preventive_undercover; ///< Art. 16, 17.
extern Part const urgent_evidence, body_search; ///< Art. 18, 19.
extern Part const dna, competent_authorities, technical_measures, accommodation; ///< Art. 20 to 25.
// Chapter two: Art. 26 to 32.
extern Part const border_search, joint_investigation_team, joint_investigation_team_work,
    mixed_patrols, common_centres; ///< Art. 26 to 29.
extern Part const refusal; ///< Art. 30.
extern Part const data_protection, correction_and_register, rights_of_the_person; ///< Art. 31.
extern Part const classified_information, handling_of_information; ///< Art. 32.
// Chapter three: Art. 33 to 42.
extern Part const committee_and_agreements, depositary, entry_into_force; ///< Art. 33 to 40.
extern Part const withdrawal_and_suspension, reservations; ///< Art. 41, 42.
} // namespace text

/// Every part, in the order of the text.
std::span<Part const* const> parts();
/// Every provision, in the order of the text; reservations last.
std::vector<Provision const*> provisions();
/// Null for an id that is no provision.
Provision const* find_provision(std::string_view id);

} // namespace comity::treaty
