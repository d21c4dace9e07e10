#include "treaty/conditions_test.h"

namespace comity::treaty::test {
namespace {

constexpr Condition conditions[] {
    { "A20(1)-1", "dna-comparison", "R", ".always",
        "(identification-ground=investigation-or-proceedings | "
        "identification-ground=missing-person | identification-ground=unidentified-body) & "
        "comparison-lawful" },
    { "A20(1)-2", "dna-comparison", "O", ".always",
        "!(search-result=hit | search-result=nothing-found)" },
    { "A20(1)-3", "dna-comparison", "R", "identification-material=dna-profile", "dna-form-valid" },
    { "A20(1)-4", "dna-comparison", "O", ".always", "typing-needed & typing-proportionate" },
    { "A20(1)-5", "dna-comparison reimbursement", "O", ".always",
        ".is-dna-comparison | reimbursement-ground=identification & "
        "!sum-reimbursed>=sum-paid" },
    { "A20(2)", "dna-storage", "R", ".always",
        "search-result=nothing-found & storage-requested & %stored-profiles/storage-lawful" },
    { "A20(3)-1", "dna-sampling", "R", ".always",
        "!profile-available & person-in-requested-party" },
    { "A20(3)(a)", "dna-sampling", "R", ".always", "sampling-purpose?" },
    { "A20(3)(b)", "dna-sampling", "R", ".always", "analysis-order & analysis-grounds-shown" },
    { "A20(3)(c)", "dna-sampling", "R", ".always", "sampling-lawful" },
    { "A20(3)(d)", "dna-sampling", "R", ".always", "costs-undertaken" },
    { "A20(4)", "dna-comparison dna-storage dna-sampling", "O", ".always", "police-channel" },
    { "A21(1)",
        "controlled-delivery undercover-investigation preventive-undercover-investigation "
        "evidence-request body-search dna-comparison dna-storage dna-sampling",
        "R", ".always", ".requesting-listed & .requested-listed" },
    { "A21(2)",
        "controlled-delivery undercover-investigation preventive-undercover-investigation "
        "evidence-request body-search dna-comparison dna-storage dna-sampling",
        "O", ".always", "!.requesting-central | !.requested-central" },
    { "A22", "damage-claim", "O", ".always", "official-offence" },
    { "A23(1)", "damage-claim", "R", "!damage-from-data", "damage-cause=officials-at-their-tasks" },
    { "A23(2)", "damage-claim", "O", ".always", "damage-cause=officials-at-their-tasks" },
    { "A23(3)", "damage-claim reimbursement", "O", ".always",
        ".is-damage-claim & damage-cause=officials-at-their-tasks | .is-reimbursement & "
        "reimbursement-ground=damage-by-officials & !sum-reimbursed>=sum-paid" },
    { "A24(2)(a)", "equipment-loan", "O", ".always", "radio-equipment" },
    { "A24(3)", "equipment-loan", "R", "!radio-equipment", "@equipment-use" },
    { "A25(1)(a)", "accommodation-registration", "R", "!guest-national",
        "identity-document-valid & form-signed & form-filled-in" },
    { "A25(1)(b)", "accommodation-search", "R", ".always",
        "(forms-purpose=threat-prevention | forms-purpose=crime-investigation | "
        "forms-purpose=missing-person | forms-purpose=accident-victim) & forms-needed & "
        "!%accommodation-forms-withheld/forms-withheld" },
    { "A25(2)-1", "accommodation-registration", "R", "!guest-national",
        "accommodation-place=establishment | accommodation-place=tent | "
        "accommodation-place=caravan | accommodation-place=yacht | "
        "accommodation-place=other-rented" },
    { "A25(2)-2", "accommodation-registration", "O", ".always", "!guest-national" },
    { "A26(1)-1", "mixed-group", "R", ".always", "group-needed" },
    { "A26(1)-2", "mixed-group-act", "F", ".always", "!(joint-act=assist | joint-act=use-weapon)" },
    { "A26(2)-1", "border-search", "R", "searched-for=fugitive | searched-for=other",
        "searched-for=fugitive & border-area-authorities" },
    { "A26(2)-2", "border-search", "O", ".always", "searched-for=fugitive & beyond-region" },
    { "A26(3)", "border-search", "O", ".always", "searched-for=missing-person" },
    { "A26(4)", "mixed-group border-search", "R", ".always",
        "!(wears-uniform & %uniform-abroad-refused/uniform-refused) & "
        "!(carries-weapon & %weapons-abroad-refused/weapons-refused) & "
        "!((wears-uniform | carries-weapon | carries-other-means) & !declared-conditions-met)" },
    { "A26(5)", "mixed-group-act", "R", "joint-act=use-weapon", "in-legitimate-self-defence" },
    { "A27(1)-1", "joint-investigation-team", "R", ".always",
        "team-purpose? & team-until>=.requesting-day & team-agreed" },
    { "A27(1)-2", "joint-investigation-team team-act", "R", ".always",
        ".is-joint-investigation-team & team-composition-agreed | "
        ".is-team-act & (team-role=member | team-role=participant)" },
    { "A27(2)(a)", "joint-investigation-team", "R",
        "team-ground=complex-investigation | team-ground=none",
        "!team-ground=none & investigation-complex & linked-to-other-parties" },
    { "A27(2)(b)", "joint-investigation-team", "R", "team-ground=coordinated-action",
        "several-parties-investigate & coordination-needed" },
    { "A27(3)-1", "joint-investigation-team", "R", ".always", "party-concerned" },
    { "A27(3)-2", "joint-investigation-team", "R", ".always",
        "(team-place=requesting-party | team-place=requested-party | "
        "team-place=other-party-of-team) & investigation-expected" },
    { "A27(4)", "joint-investigation-team", "R", ".always",
        "requesting-authority? & team-purpose? & team-parties? & team-composition?" },
    { "A27(5)(a)", "team-act", "R", ".always",
        "team-works-in=requesting-party & team-leader-of=requesting-party | "
        "team-works-in=requested-party & team-leader-of=requested-party" },
    { "A27(5)(b)", "team-act", "R", ".always", "act-lawful & under-leader & own-conditions-kept" },
    { "A27(6)", "team-act", "O", ".always", "team-works-in=requested-party" },
    { "A27(7)", "team-act", "R", "act-in-team=be-present & team-works-in=requested-party",
        "!leader-excludes | !exclusion-reason? | !exclusion-lawful" },
    { "A27(8)", "team-act", "R", "act-in-team=investigative-task & team-works-in=requested-party",
        "approved-by-host & approved-by-sending-party & entrusted-by-leader & act-lawful" },
    { "A27(9)", "team-act", "R", "act-in-team=ask-own-authorities & team-works-in=requested-party",
        "measure-in-own-party & as-national-investigation" },
    { "A27(10)", "team-act", "R", "act-in-team=ask-other-state",
        "team-works-in=requesting-party & assistance-instrument" },
    { "A27(11)", "team-act", "R", "act-in-team=provide-information",
        "own-law-allows & act-within-competence & for-team-investigation" },
    { "A27(12)(a)", "team-information-use", "R",
        "information-use=purpose-of-team & !information-otherwise-known",
        "information-lawfully-obtained" },
    { "A27(12)(b)", "team-information-use", "R",
        "information-use=other-offences & !information-otherwise-known",
        "information-lawfully-obtained & use-consent=given" },
    { "A27(12)(c)", "team-information-use", "R",
        "information-use=immediate-threat & !information-otherwise-known",
        "information-lawfully-obtained & threat-immediate & threat-real" },
    { "A27(12)(d)", "team-information-use", "R",
        "information-use=other & !information-otherwise-known",
        "information-lawfully-obtained & use-agreed" },
    { "A27(13)", "joint-investigation-team team-act team-information-use", "R", ".always",
        "!team-other-instrument" },
    { "A27(14)-1", "joint-investigation-team team-act", "R",
        ".is-joint-investigation-team & participants-planned | "
        ".is-team-act & team-role=participant",
        "participation-agreed & participation-lawful" },
    { "A27(14)-2", "team-act", "R", "team-role=participant & !act-in-team=assist",
        "member-rights-agreed" },
    { "A28(1)", "mixed-patrol", "R", ".always",
        "along-border & (patrol-purpose=danger-to-public-security | "
        "patrol-purpose=illegal-cross-border-activity)" },
    { "A28(2)-1", "mixed-patrol-act", "R", "joint-act=identify | joint-act=stop-evader",
        "act-lawful" },
    { "A28(2)-2", "mixed-patrol-act", "R",
        "joint-act=search | joint-act=seize | joint-act=arrest | joint-act=fine | "
        "joint-act=other",
        "host-alone-ineffective & exception-reason?" },
    { "A28(3)", "mixed-patrol-act", "R", ".always", "act-lawful" },
    { "A28(4)", "mixed-patrol", "R", ".always",
        "!(wears-uniform & %uniform-abroad-refused/uniform-refused) & "
        "!(carries-weapon & %weapons-abroad-refused/weapons-refused) & "
        "!((wears-uniform | carries-weapon | carries-other-means) & !declared-conditions-met)" },
    { "A28(5)", "mixed-patrol-act", "R", "joint-act=use-weapon", "in-legitimate-self-defence" },
    { "A29(1)", "common-centre common-centre-act", "R", ".always", "@common-centre" },
    { "A29(2)-1", "common-centre-act", "R",
        "!(act-in-centre=support-transfer | act-in-centre=independent-operation | "
        "act-in-centre=joint-operation)",
        "act-within-competence" },
    { "A29(2)-2", "common-centre-act", "R", "personal-data",
        "!purpose=other & !judicial-reserved & channel-secure & official-authorised" },
    { "A29(3)", "common-centre-act", "R", "act-in-centre=support-transfer", "transfer-treaty" },
    { "A29(4)-1", "common-centre-act", "F", ".always", "foreign-instruction" },
    { "A29(4)-2", "common-centre-act", "F", ".always", "act-in-centre=independent-operation" },
    { "A29(4)-3", "common-centre-act", "R", "act-in-centre=joint-operation",
        "operation-agreed & operation-form-provided" },
    { "A29(5)", "common-centre", "R", ".always", "centre-kinds-agreed & centre-costs-equal" },
};

} // namespace

constinit std::span<Condition const> const conditions_of_teams { conditions };

} // namespace comity::treaty::test
