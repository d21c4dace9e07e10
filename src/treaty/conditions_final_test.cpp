#include "treaty/conditions_test.h"

namespace comity::treaty::test {
namespace {

constexpr Condition conditions[] {
    { "A32(1)", "access-to-information", "R", ".always", "official-authorised & need-to-know" },
    { "A32(4)-1", "level-change", "O", ".always", ".always" },
    { "A32(4)-2", "level-change", "O", ".always", "copies-exist" },
    { "A32(5)", "access-to-information", "R", "classification-level>=1",
        "same-purpose & need-to-know & clearance-level>=classification-level" },
    { "A32(6)", "breach-report", "R", ".always",
        "breach-circumstances? & breach-consequences? & breach-measures?" },
    { "A33(1)-2", "committee-decision", "R", ".always",
        "votes-against<=0 & (votes-open<=0 | .never-known)" },
    { "A34(1)", "implementing-agreement", "R", ".always", ".requesting-party & .requested-party" },
    { "A34(2)", "authority-change", "O", ".always", "lists-change" },
    { "A35", "reimbursement", "R", ".always", "!cost-basis=none" },
    { "A38(1)", "instruments", "R", ".always", ".requested-is-depositary" },
    { "A38(2)", "instrument-deposit", "O", ".always", ".always" },
    { "A38(3)", "instruments", "O", ".always", ".always" },
    { "A38(4)", "instrument-deposit", "O", ".always",
        "!instrument=other & deposited-on>=-1000000" },
    { "A39(1)", "instrument-deposit", "R", ".always", "!instrument=other" },
    { "A39(2)", "instrument-deposit", "O", ".always", "instrument=accession" },
    { "A41(1)", "reservation-deposit", "R", ".always", "made-with-instrument" },
    { "A41(2)", "reservation-withdrawal", "R", ".always", ".at>=due:same-day/notice-received-at" },
    { "A42(2)", "withdrawal", "R", ".always",
        "notice-written & .at>=due:six-months/notice-received-at" },
    { "A42(3)-1", "suspension", "R", ".always", "!suspension-ground=other" },
    { "A42(3)-2", "suspension", "O", ".always", ".always" },
    { "A42(3)-3", "between-parties suspension", "F", ".always",
        ".is-suspension & !.at>=due:fifteen-days/notice-received-at | "
        "!.is-suspension & .moldova-suspends-patrols" },
    { "RES-AT(1)",
        "controlled-delivery undercover-investigation urgent-undercover-entry "
        "preventive-undercover-investigation",
        "R", ".austria-reserves", "judicial-authorisation?" },
    { "RES-HR(1)", "equipment-loan border-deployment", "R", ".croatia-reserves",
        ".other-than-croatia-in-eu" },
    { "RES-HR(3)",
        "hot-pursuit surveillance urgent-surveillance controlled-delivery undercover-investigation "
        "urgent-undercover-entry preventive-undercover-investigation mixed-patrol",
        "R", ".croatia-reserves", ".never-known" },
};

} // namespace

constinit std::span<Condition const> const conditions_of_final { conditions };

} // namespace comity::treaty::test
