#include "message/rules.h"

namespace comity::message {
namespace {

constexpr Need all_needs[] = {
    { "Evaluation", "", "", "fourByFour fiveByFiveByFive" },
    { "Handling", "codes", "H3", "text" },
    { "Identity", "", "", "familyName givenName" },
    { "PersonQuery", "", "", "identities documents description" },
    { "PersonRecord", "", "", "identities documents description" },
    { "DocumentQuery", "", "", "number holder" },
    // The letters of Art. 4(5) and 5(1), and the query that each carries.
    { "Request", "kind", "vehicle-owner", "vehicle" },
    { "Request", "kind", "driving-licence", "document person vehicle" },
    { "Request", "kind", "residence", "person" },
    { "Request", "kind", "telecom-subscriber", "phone" },
    { "Request", "kind", "identification", "identification person" },
    { "Request", "kind", "object-origin", "objects vehicle" },
    { "Request", "kind", "wanted-search", "person objects vehicle" },
    { "Request", "kind", "search-measures", "search" },
    { "Request", "kind", "interview", "interview" },
    { "Request", "kind", "crime-scene", "scene" },
    { "Request", "kind", "witness-protection", "witness" },
    { "Request", "kind", "pursuit-information", "pursuit" },
    { "Request", "kind", "mass-event", "event" },
    { "Request", "kind", "other", "text" },
    { "Request", "kind", "organised-crime", "group person text" },
    { "Request", "kind", "methods-of-crime", "text" },
    { "Request", "kind", "research-results", "text" },
    { "Request", "kind", "objects-and-samples", "objects" },
    { "Request", "kind", "legislation", "text" },
    { "Request", "kind", "proceeds-of-crime", "assets person" },
    { "Request", "directGround", "*", "justification" }, // A4(4)
    { "ConditionsAnswer", "accepted", "true", "conditionsAccepted" },
    { "ConsentAnswer", "granted", "true", "consentNumber" },
    { "ConsentAnswer", "granted", "false", "withholdingGround" },
    { "DestructionConfirmation", "", "", "destroyed kept" },
    { "TreatyNotice", "kind", "suspension", "articles" },
    { "TreatyNotice", "kind", "suspension", "suspensionGround" }, // A42(3)
    { "PursuitNotice", "", "", "persons pursuedVehicles" },
    { "PursuitNotice", "ground", "escape", "escapedFrom" }, // A13(1)-2
    { "SurveillanceRequest", "crossedAt", "*", "urgencyReason" }, // A14(2)-3
    { "EvidenceResults", "", "", "letterRogatory urgencyReason" }, // A18(5)
    { "BodySearchRequest", "", "", "order statement" }, // A19(2)(b)
    { "Authorisation", "", "", "operation caseNumber" },
    { "Authorisation", "decision", "refused", "ground" },
    { "Authorisation", "decision", "granted-under-conditions", "conditions" },
    { "DetentionNotice", "", "", "person objects" },
    { "SearchHit", "", "", "vehicle item person" },
    { "DnaRequest", "", "", "profiles otherMaterial" },
    { "DnaResult", "result", "hit", "matches candidates" },
    { "DnaResult", "candidates", "*", "kinEvidence" },
    { "DnaRunAnswer", "agrees", "true", "runChance" },
    { "DnaRunAnswer", "agrees", "false", "reason" },
    { "DnaRunStop", "runOrder", "stop", "reason" },
    { "DnaSamplingAnswer", "samplingStep", "permitted", "conditionsMet" },
    { "DnaSamplingAnswer", "samplingStep", "refused", "reason" },
    { "DnaSamplingAnswer", "samplingStep", "typed", "profile" },
    { "Settlement", "outcome", "paid", "amount" },
    { "TeamAccession", "joins", "true", "members leader" },
    { "TrustListVote", "approves", "true", "signature" },
    { "TrustListVote", "approves", "false", "reason" },
};

constexpr Order all_orders[] = {
    { "Period", "from", "until" },
    { "IdentityDocument", "issuedOn", "validUntil" },
    { "LiaisonPosting", "validFrom", "validUntil" },
    { "PlannedAction", "validFrom", "validUntil" },
    { "DnaMatch", "lociAgreeing", "lociCompared" },
    { "DnaRunResult", "sheet", "sheets" },
    { "ProfileConsent", "givenOn", "validUntil" },
    { "StopAcknowledgement", "orderReachedAt", "stoppedAt" },
    { "CourierNotice", "sentOn", "expectedOn" },
    { "KeyRotationNotice", "validFrom", "oldUntil" },
};

} // namespace

std::span<Need const> needs()
{
    return all_needs;
}

std::span<Order const> orders()
{
    return all_orders;
}

} // namespace comity::message
