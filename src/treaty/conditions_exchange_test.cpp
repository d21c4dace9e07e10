#include "treaty/conditions_test.h"

namespace comity::treaty::test {
namespace {

constexpr std::string_view of_article_5
    = "kind=organised-crime | kind=methods-of-crime | kind=research-results | "
      "kind=objects-and-samples | kind=legislation | kind=proceeds-of-crime";

constexpr Condition conditions[] {
    { "A2(b)", "liaison-posting liaison-act access-to-information", "R", ".always",
        "official-designated" },
    { "A2(e)", "information-answer", "O", "kind=residence", "pending-permit-listed" },
    { "A2(g)",
        "access-to-information use-for-another-purpose onward-transfer correction destruction", "O",
        ".always", "personal-data" },
    { "A3.1(a)", "case-bulletin", "R", ".always", "!personal-data" },
    { "A3.1(b)", "event-notice", "R", ".always", "!personal-data & event-at>=.at" },
    { "A3.1(c)", "planning-notice", "R", ".always", "!personal-data" },
    { "A3.1(e)", "equipment-loan", "O", ".always", "radio-equipment" },
    { "A3.2(a)", "border-deployment", "R", ".always",
        "plan-approved-by-requesting & plan-approved-by-requested" },
    { "A3.2(e)", "observer-invitation", "R", "invited-to=special-operation", "observer-only" },
    { "A4(2)-2", "information-request-received", "O", ".always", "!competent" },
    { "A5(1)-0", "requests", "R", of_article_5,
        "purpose=prevention | purpose=detection | purpose=investigation" },
    { "A5(1)(a)", "requests", "R", "kind=organised-crime", "subject-named" },
    { "A5(1)(b)", "requests", "R", "kind=methods-of-crime", "subject-named" },
    { "A5(1)(c)", "requests", "R", "kind=research-results", "subject-named" },
    { "A5(1)(d)", "requests", "R", "kind=objects-and-samples", "subject-named" },
    { "A5(1)(e)", "requests", "R", "kind=legislation", "offence?" },
    { "A5(1)(f)", "requests", "R", "kind=proceeds-of-crime", "subject-named & offence?" },
    { "A5(2)", "information-answer", "R",
        "(kind=organised-crime | kind=methods-of-crime | kind=research-results | "
        "kind=objects-and-samples | kind=legislation | kind=proceeds-of-crime) & special-methods",
        "handling-caveat? & protection-guaranteed" },
    { "A6-1", "spontaneous-information", "R", ".always", "proven-facts? & need-assumed" },
    { "A6-2", "spontaneous-information", "R", ".always",
        "route=national-central-unit | route=direct & (direct-ground=border-region-crime & "
        "border-region | direct-ground=immediate-threat & threat-immediate & "
        "usual-channel-too-late)" },
    { "A7-2", "situation-report", "O", ".always", "report-occasion=periodic" },
    // It is due within a year of the last one, on whatever day that was.
    { "A7-3", "situation-report", "O", "!report-occasion=joint-analysis",
        "last-joint-analysis>=.requesting-day | last-joint-analysis<=.requesting-day" },
    { "A8(1)", "migration-exchange", "O", ".always", "report-occasion=periodic" },
    { "A8(2)-1", "migration-exchange", "O", ".always",
        "!flows-reported | !volume-reported | !structure-reported | !destinations-reported | "
        "!routes-reported | !transport-reported | !smugglers-reported" },
    { "A8(2)-2", "migration-exchange", "O", ".always", "planned-measure-important" },
    { "A9(1)", "liaison-posting", "R", "!posting-in-third-state", "@liaison-officers" },
    { "A9(2)(a)", "liaison-act", "R", "liaison-task=information-exchange", "!purpose=other" },
    { "A9(2)(b)", "liaison-act", "R", "liaison-task=police-assistance", "case-number?" },
    { "A9(2)(c)", "liaison-act", "R", "liaison-task=border-surveillance",
        "border-surveillance-authority" },
    { "A9(3)-1", "liaison-act", "F", ".always", "independent-police-act" },
    { "A9(3)-2", "liaison-act", "R", ".always",
        "within-instructions-of-requesting & within-instructions-of-requested" },
    { "A9(4)-1", "liaison-representation", "R", ".always",
        "posting-in-third-state & @liaison-representation" },
    { "A9(4)-2", "liaison-representation", "R", ".always", "within-competence" },
    { "A9(4)-3", "liaison-posting", "O", ".always", "posting-in-third-state" },
    { "A10(1)", "witness-reception witness-measures-end", "R", ".always",
        "protection-powers-of-requesting & protection-powers-of-requested & "
        "compartment=witness-protection" },
    { "A10(2)", "witness-reception", "R", ".always", "!witness-help=other | explanation?" },
    { "A10(3)", "witness-reception", "R", "witness-help=reception", "reception-agreement?" },
    { "A10(4)-1", "witness-reception", "R", ".always", "programme-of-requesting?" },
    { "A10(4)-2", "witness-reception", "F", ".always", "in-programme-of-requested" },
    { "A10(4)-3", "witness-reception", "O", ".always", "accompanying-measures" },
    { "A10(5)", "witness-reception", "O", ".always", "witness-help=reception" },
    { "A10(6)-1", "witness-measures-end", "R", ".always",
        "witness-end-grounds & witness-end-notified" },
    { "A10(6)-2", "witness-measures-end", "O", ".always",
        "witness-end-grounds & witness-end-notified" },
    { "A11(c)", "observer-invitation", "R", "!invited-to=study-visit", "observer-only" },
    { "A30(2)", "equipment-transfer", "R", "equipment-supplied", "donor-consent" },
    { "A31(4)(a)-2", "use-for-another-purpose", "R", "use-ground=other", "supplier-consent" },
    { "A31(4)(b)-2", "destruction", "O", ".always", "!still-needed" },
    { "A31(4)(b)-3", "destruction", "O", "convention-ends & !replaced-by-convention",
        "last-day-in-force>=.requesting-day | last-day-in-force<=.requesting-day" },
    { "A31(4)(c)-1", "correction", "O", ".always",
        "data-role=supplier & (data-fault=wrong | data-fault=unlawful)" },
    { "A31(4)(c)-2", "correction", "O", ".always",
        "data-role=recipient & (data-fault=wrong | data-fault=unlawful)" },
    { "A31(4)(c)-3", "correction", "O", ".always", "data-role=recipient & unlawful-use" },
    { "A31(4)(c)-4", "correction", "O", ".always", "data-role=recipient & data-fault=suspected" },
    { "A31(4)(c)-5", "correction", "O", ".always", "accuracy-circumstance" },
    { "A31(4)(d)", "access-to-information", "O", ".always", "personal-data" },
    { "A31(4)(e)-2", "register-use", "F", "register-act=entry-by-hand | register-act=change",
        "transmission-electronic" },
    { "A31(4)(e)-3", "register-use", "R", "register-act=purging",
        ".requesting-day>=due:three-years/register-entry-on" },
    { "A31(4)(e)-4", "register-use", "R", "register-act=reading", "protection-check" },
    { "A31(4)(f)", "access-to-information use-for-another-purpose onward-transfer", "O", ".always",
        "personal-data" },
    { "A31(4)(g)-1", "access-by-person", "R", ".always", "!national-exception" },
    { "A31(4)(g)-2", "access-by-person", "R", "!person-claim=information",
        "person-claim=correction & data-fault=wrong | person-claim=destruction & "
        "data-fault=unlawful" },
    { "A31(4)(g)-3", "access-by-person", "R", "data-role=recipient", "sender-heard" },
    { "A31(4)(h)", "access-by-person", "O", ".always", "right-violated" },
    { "A31(4)(i)", "onward-transfer", "R", ".always", "supplier-consent" },
    { "A31(5)-1", "damage-claim", "O", ".always",
        "damage-from-data & (data-fault=wrong | data-fault=unlawful)" },
    { "A31(5)-2", "damage-claim", "F", "damage-from-data", "other-party-pleaded" },
    { "A31(5)-3", "reimbursement", "R", "damage-from-data",
        "(data-fault=wrong | data-fault=unlawful) & compensation-claimed<=compensation-paid" },
    { "A31(6)", "access-to-information", "O", ".always", "acts-abroad & personal-data" },
    { "A31(7)", "access-to-information", "F", ".always",
        "acts-abroad & direct-access-to-host-data" },
};

} // namespace

constinit std::span<Condition const> const conditions_of_exchange { conditions };

} // namespace comity::treaty::test
