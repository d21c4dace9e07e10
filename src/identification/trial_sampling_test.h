#pragma once

#include "identification/sampling.h"
#include "identification/trial_identification_test.h"

#include <algorithm>

/// Two States between which samples are asked for, for tests.
namespace comity::identification::trial {

constexpr std::string_view ours = "2026-0950";
constexpr std::string_view theirs = "BG/2026-0950";

struct Clinics : Laboratories {
    Sampling of_sofia { rooms_of(sofia), settings_of(sofia), [this] { return sofia.now; },
        crypto::system_random() };
    Sampling of_bucharest { rooms_of(bucharest), settings_of(bucharest),
        [this] { return bucharest.now; }, crypto::system_random() };

    Clinics() { bring_order(sofia); } // the first file of that officer: wanted() names it
    /// A document of the order, brought by "officer TEST" or another account.
    static casework::FileNumber bring_order(
        Laboratory& of, casework::Officer const& officer = "officer TEST")
    {
        auto const bytes = to_bytes("%PDF-1.7 Order 17/2026 TEST");
        auto const& files = of.casework->files();
        auto const begun = files.begin({ "order TEST.pdf", bytes.size() }, officer).value();
        return files.put(begun.number, 1, bytes, officer).value().number;
    }
    static Identification::Rooms rooms_of(Laboratory& of)
    {
        return { *of.store, *of.exchange, *of.casework, *of.vault, law(), *of.database, terms() };
    }
    static Settings settings_of(Laboratory const& of)
    {
        return { of.keys.of.state, of.keys.of.unit, true };
    }
    static SamplingStatus status(Sampling& of, std::string_view number)
    {
        return of.open_case(number, "TEST").value().status;
    }
    void asked();
    void asked_and_permitted();
};

inline SamplingDraft wanted()
{
    SamplingDraft out;
    out.to = "RO";
    out.case_number = std::string { ours };
    out.purpose = "investigation";
    out.purpose_wanted = "to compare with a stain TEST";
    out.person = json::Object { { "kind", "lawful" }, { "familyName", "Ivanova TEST" },
        { "givenName", "Maria" }, { "nationalities", json::Array { "BG" } } };
    out.whereabouts = json::Object { { "name", "Bucuresti TEST" }, { "state", "RO" } };
    out.order = "Order 17/2026 of the court TEST";
    out.statement = "The same order would be given if the person were in our Party TEST.";
    out.costs_accepted = true;
    out.erase_by = parse_date("2027-04-17").value();
    out.facts = json::Object { { "profile-available", false } };
    out.files = { 1 };
    return out;
}

inline SamplingStepDraft permits()
{
    SamplingStepDraft out { message::SamplingStep::permitted };
    out.facts = json::Object { { "sampling-lawful", true } };
    out.conditions_met = "The court TEST gave its order on 2026-04-20.";
    return out;
}

inline SamplingStepDraft refuses()
{
    SamplingStepDraft out { message::SamplingStep::refused };
    out.ground = "national-law";
    out.reason = "The court did not give its order TEST.";
    return out;
}

inline SamplingStepDraft types()
{
    SamplingStepDraft out { message::SamplingStep::typed };
    out.profile = message_of(person("RO-P-950", "15"), knowledge().table);
    out.sampled_on = std::chrono::floor<std::chrono::days>(start);
    out.costs = message::Money { 34'000, "EUR" };
    return out;
}

inline casework::Officer somebody(std::string const& account)
{
    return { account, account + " TEST", 3 };
}

inline void Clinics::asked()
{
    auto const sent = of_sofia.send(wanted(), "officer TEST");
    MUST(sent.ok() && sent.value().message);
    carry();
}

inline void Clinics::asked_and_permitted()
{
    asked();
    auto const taken = of_bucharest.take_step(theirs, permits(), "officer TEST");
    MUST(taken.ok() && taken.value().message);
    carry();
}

} // namespace comity::identification::trial
