#include "message/body.h"
#include "message/claim.h"
#include "message/classified.h"
#include "message/consent.h"
#include "message/cycle.h"
#include "message/examples_test.h"
#include "message/identification.h"
#include "message/notice.h"
#include "message/operation.h"
#include "message/protection.h"
#include "message/system.h"

#include <gtest/gtest.h>

namespace comity::message {
namespace {

template <class... Body> struct List { };
using Bodies = List<Request, Answer, Refusal, PartialAnswer, Conditions, ConditionsAnswer,
    ClarificationRequest, Clarification, ForwardedRequest, ForwardingNotice,
    OralRequestConfirmation, DirectContactCopy, RequestWithdrawal, SpontaneousInformation,
    CaseBulletin, EventNotice, PlanningNotice, ContactDirectory, SituationReport, MigrationReport,
    Invitation, InvitationAnswer, LiaisonPosting, WitnessMeasuresEnd, TreatyNotice,
    DepositaryNotice, MeetingRequest, ConsentRequest, ConsentAnswer, ConsentWithdrawal, Correction,
    DestructionNotice, DestructionConfirmation, DoubtNotice, UnlawfulUseReport, ProcessingInquiry,
    ProcessingReport, CommentRequest, Comment, LevelChange, LevelChangeConfirmation, BreachReport,
    CourierNotice, CourierReceipt, StopOrder, StopAcknowledgement, Instructions, PursuitNotice,
    SurveillanceRequest, SurveillanceNotice, ControlledDeliveryRequest, UndercoverRequest,
    UndercoverNotice, EvidenceRequest, EvidenceResults, BodySearchRequest, Authorisation, TakeOver,
    DetentionNotice, HandOverRequest, AppearanceRequest, OperationReport, TeamProposal,
    TeamAccession, PatrolPlan, DamageClaim, ReimbursementRequest, Settlement, DnaRequest, DnaResult,
    DnaConfirmation, DnaSamplingRequest, SearchHit, ThreatContribution, ActionPlan, Commitment,
    CycleResult, StrategicProduct, KeyRotationNotice, TrustListProposal, TrustListVote>;

template <class Body> void survives()
{
    std::size_t found = 0;
    for (auto const& each : examples()) {
        if (&shape_of(each.type) != &shape_of<Body>()) continue;
        auto const read = read_body<Body>(as_view(each.text));
        ASSERT_TRUE(read.ok()) << each.file << ": " << read.error().what;
        EXPECT_TRUE(read.value().not_understood.empty()) << each.file;
        auto const text = json::to_text(read.value().body);
        EXPECT_EQ(json::parse(text).value(), each.value) << each.file;
        EXPECT_TRUE(check_body(read.value().body).ok()) << each.file;
        ++found;
    }
    EXPECT_GT(found, 0U) << shape_of<Body>().name << " has no example in tests/messages";
}

template <class... Body> void all_survive(List<Body...> /*types*/)
{
    static_assert(sizeof...(Body) == type_count);
    (survives<Body>(), ...);
}

} // namespace

TEST(Bodies, every_type_survives_reading_and_writing)
{
    all_survive(Bodies {});
}

} // namespace comity::message
