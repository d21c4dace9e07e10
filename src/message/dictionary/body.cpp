#include "message/dictionary/spellings.h"

namespace comity::message::detail {
namespace {

constexpr Meaning meanings[] = {
    { "Request.kind",
        one_of(
            "vehicle-owner driving-licence residence telecom-subscriber identification "
            "object-origin wanted-search search-measures interview crime-scene witness-protection "
            "pursuit-information mass-event other organised-crime methods-of-crime "
            "research-results objects-and-samples legislation proceeds-of-crime"),
        "Kind of request." },
    { "caseNumber", line, "The requester's own number of the case." },
    { "purpose", one_of("threat-to-public-security prevention detection investigation other"),
        "Purpose of Article 1." },
    { "Request.offence", line0, "The offence in words; empty where the purpose needs none." },
    { "needGround", one_of("identify-owner identify-means vehicle-data-needed none"),
        "Why the data are needed, A4(5)(a)." },
    { "requestingAuthority", line, "Authority that asks." },
    { "requestedAuthority", line, "Authority that is asked." },
    { "medium", one_of("system fax e-mail courier oral"),
        "The way it travels or travelled, A4(6)." },
    { "decision", plain, "Decision of the sender with its findings." },
    { "document", plain, "A document." },
    { "phone", plain, "A number." },
    { "identification", plain, "What has to be identified." },
    { "objects", plain, "Objects." },
    { "search", plain, "Search measures." },
    { "interview", plain, "Statements." },
    { "witness", plain, "Protected person, by code." },
    { "Request.pursuit", plain, "What is known of a flight." },
    { "event", plain, "The event." },
    { "group", plain, "The group." },
    { "assets", plain, "Property." },
    { "followUp", plain, "The confirmed hit that it follows." },
    { "directGround", one_of("border-region-crime immediate-threat"),
        "Ground of direct contact, A4(4)(a) and (b)." },
    { "justification", note, "Why it is urgent or needed." },
    { "onBehalfOf", state, "State that it is sent for, A9(4)." },
    { "legalEntity", plain, "Whether it is a legal entity." },
    { "category", code0, "EU category (J): M1." },
    { "firstRegistration", plain, "Day of first registration." },
    { "stolen", plain, "Whether it is reported stolen." },
    { "owner", plain, "Owner (C.2)." },
    { "takenAt", plain, "When it was taken." },
    { "Answer.kind",
        one_of(
            "vehicle-owner driving-licence residence telecom-subscriber identification "
            "object-origin wanted-search search-measures interview crime-scene witness-protection "
            "pursuit-information mass-event other organised-crime methods-of-crime "
            "research-results objects-and-samples legislation proceeds-of-crime"),
        "Kind of request." },
    { "result", plain, "Hit or no hit." },
    { "vehicles", plain, "Vehicles." },
    { "requestDecision", plain, "The answering side's judgement of the request." },
    { "subscribers", plain, "Subscribers." },
    { "statements", plain, "Statements.", { 0, 50 } },
    { "groups", plain, "Groups.", { 0, 20 } },
    { "evaluation", plain, "How reliable it is." },
    { "handling", plain, "What may be done with it." },
    { "Refusal.kind",
        one_of(
            "vehicle-owner driving-licence residence telecom-subscriber identification "
            "object-origin wanted-search search-measures interview crime-scene witness-protection "
            "pursuit-information mass-event other organised-crime methods-of-crime "
            "research-results objects-and-samples legislation proceeds-of-crime"),
        "Kind of request." },
    { "ground", one_of("security other-important-interests national-law other convention"),
        "Ground of A30(1), or `convention` where a rule of it forbids." },
    { "provisions", line, "Provisions.", { 0, 200 } },
    { "partial", plain, "Whether the rest is granted." },
    { "n", whole(1, 10000), "Counts 1, 2, 3 ..." },
    { "answer", plain, "What is known so far." },
    { "outstanding", line, "What is still to come.", { 0, 50 } },
    { "expectedBy", plain, "When the rest is expected." },
    { "conditions", plain, "Conditions.", { 0, 50 } },
    { "answerBy", plain, "By when an answer is wanted." },
    { "accepted", plain, "Accepted or declined." },
    { "conditionsAccepted", whole(1, 10000), "Numbers of the conditions that are accepted.",
        { 0, 50 } },
    { "answers", text, "Answers in the order of the questions." },
    { "original", plain, "The message it is about." },
    { "originalFrom", state, "State that asked." },
    { "competentAuthority", name, "Authority that is competent." },
    { "request", plain, "The request." },
    { "competentState", state, "Its State, where it is another." },
    { "forwardedAt", plain, "When it was passed on." },
    { "forwarded", plain, "The message that passed it on." },
    { "calledAt", plain, "When the call was made." },
    { "caller", line, "Who called." },
    { "callee", line, "Who took the call." },
    { "gist", note, "What was said." },
    { "fromAuthority", name, "Authority that wrote." },
    { "toAuthority", name, "Authority that was written to." },
    { "sentAt", plain, "When it was sent." },
    { "originalType", code, "Type of that message." },
    { "requestMessage", plain, "The message with the request." },
    { "reason", note, "Why." },
    { "destroyReceived", plain,
        "Whether parts of the answer that came already are to be destroyed too." },
};

} // namespace

std::span<Meaning const> body_meanings()
{
    return meanings;
}

} // namespace comity::message::detail
