#pragma once

#include "message/body.h"
#include "message/claim.h"
#include "message/classified.h"
#include "message/consent.h"
#include "message/cycle.h"
#include "message/examples_test.h"
#include "message/first_connection.h"
#include "message/identification.h"
#include "message/notice.h"
#include "message/operation.h"
#include "message/protection.h"
#include "message/system.h"

#include <gtest/gtest.h>

/// The structs of all types, in four lists: a compiler takes them only a family at a time.
namespace comity::message {

template <class... Body> struct Bodies {
    static constexpr std::size_t count = sizeof...(Body);
};
using RequestBodies = Bodies<Request, Answer, Refusal, PartialAnswer, Conditions, ConditionsAnswer,
    ClarificationRequest, Clarification, ForwardedRequest, ForwardingNotice,
    OralRequestConfirmation, DirectContactCopy, RequestWithdrawal>;
using NoticeBodies
    = Bodies<SpontaneousInformation, CaseBulletin, EventNotice, PlanningNotice, ContactDirectory,
        SituationReport, MigrationReport, Invitation, InvitationAnswer, LiaisonPosting,
        WitnessMeasuresEnd, TreatyNotice, DepositaryNotice, MeetingRequest, ConsentRequest,
        ConsentAnswer, ConsentWithdrawal, Correction, DestructionNotice, DestructionConfirmation,
        DoubtNotice, UnlawfulUseReport, ProcessingInquiry, ProcessingReport, CommentRequest,
        Comment, LevelChange, LevelChangeConfirmation, BreachReport, CourierNotice, CourierReceipt>;
using OperationBodies = Bodies<StopOrder, StopAcknowledgement, Instructions, PursuitNotice,
    SurveillanceRequest, SurveillanceNotice, ControlledDeliveryRequest, UndercoverRequest,
    UndercoverNotice, EvidenceRequest, EvidenceResults, BodySearchRequest, Authorisation, TakeOver,
    DetentionNotice, HandOverRequest, AppearanceRequest, OperationReport, TeamProposal,
    TeamAccession, PatrolPlan>;
using CycleBodies = Bodies<DamageClaim, ReimbursementRequest, Settlement, DnaRequest, DnaResult,
    DnaConfirmation, DnaSamplingRequest, SearchHit, ThreatContribution, ActionPlan, Commitment,
    CycleResult, StrategicProduct, KeyRotationNotice, TrustListProposal, TrustListVote,
    DnaRunProposal, DnaRunAnswer, DnaRunPortion, DnaRunResult, DnaRunStop, DnaSamplingAnswer>;
static_assert(
    RequestBodies::count + NoticeBodies::count + OperationBodies::count + CycleBodies::count
    == type_count);

template <class Body> void survives()
{
    std::size_t found = 0;
    for (auto const& each : examples()) {
        if (&shape_of(each.type) != &shape_of<Body>()) continue;
        auto const read = read_body<Body>(as_view(each.text));
        ASSERT_TRUE(read.ok()) << each.file << ": " << read.error().what;
        EXPECT_TRUE(read.value().not_understood.empty()) << each.file;
        EXPECT_EQ(json::write(read.value().body), each.value) << each.file;
        EXPECT_TRUE(check_body(read.value().body).ok()) << each.file;
        ++found;
    }
    EXPECT_GT(found, 0U) << shape_of<Body>().name << " has no example in tests/messages";
}

template <class... Body> void all_survive(Bodies<Body...> /*types*/)
{
    (survives<Body>(), ...);
}

} // namespace comity::message
