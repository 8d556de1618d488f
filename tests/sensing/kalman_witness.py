"""The tracking filter of Stone Soup on two-body flight, as a witness of track information.

An extended Kalman filter goes from look to look: Stone Soup differentiates motion and measurement
by itself, in elevation, bearing and range from the turning Earth. Only its covariance is asked.
"""

from __future__ import annotations

import datetime
import math

import numpy as np
from stonesoup.base import Property
from stonesoup.models.base import GaussianModel, TimeVariantModel
from stonesoup.models.measurement.nonlinear import CartesianToElevationBearingRange
from stonesoup.models.transition.base import TransitionModel
from stonesoup.predictor.kalman import ExtendedKalmanPredictor
from stonesoup.types.array import CovarianceMatrix, StateVector
from stonesoup.types.detection import Detection
from stonesoup.types.hypothesis import SingleHypothesis
from stonesoup.types.state import GaussianState
from stonesoup.updater.kalman import ExtendedKalmanUpdater

MU = 3.986004418e14
SPIN = 7.292115e-5
EPOCH = datetime.datetime(2011, 1, 1)


class Flight(TransitionModel, GaussianModel, TimeVariantModel):
    """Two-body motion by fourth-order Runge-Kutta steps, without process noise."""

    steps: int = Property(default=8, doc="steps a prediction is cut into")

    @property
    def ndim_state(self):
        return 6

    def function(self, state, noise=False, time_interval=None, **_):
        y = np.asarray(state.state_vector, dtype=float)
        shape = y.shape
        y = y.reshape(6, -1)
        h = time_interval.total_seconds() / self.steps

        def rates(y):
            r = np.sqrt(np.sum(y[:3] ** 2, axis=0))
            return np.concatenate([y[3:], -MU * y[:3] / r**3])

        for _ in range(self.steps):
            a = rates(y)
            b = rates(y + 0.5 * h * a)
            c = rates(y + 0.5 * h * b)
            d = rates(y + h * c)
            y = y + h / 6.0 * (a + 2.0 * b + 2.0 * c + d)
        return StateVector(y.reshape(shape)) if shape[1] == 1 else y.reshape(shape)

    def jacobian(self, state, **kwargs):
        """Differentiate over 100 m and 0.1 m/s: Stone Soup's own step drowns in rounding here."""
        centre = np.asarray(state.state_vector, dtype=float)
        columns = []
        for k in range(6):
            step = np.zeros((6, 1))
            step[k] = 100.0 if k < 3 else 0.1
            ends = [
                np.asarray(
                    self.function(
                        GaussianState(StateVector(centre + way * step), np.eye(6)), **kwargs
                    )
                )
                for way in (1.0, -1.0)
            ]
            columns.append((ends[0] - ends[1]) / (2.0 * step[k]))
        return np.concatenate(columns, axis=1).astype(float)

    def covar(self, **_):
        return CovarianceMatrix(np.zeros((6, 6)))

    def rvs(self, *_, **__):
        raise NotImplementedError

    def pdf(self, *_, **__):
        raise NotImplementedError


def filtered(state, prior, looks, until):
    """Return the covariance (6, 6) at ``until`` after ``looks``, from that at time 0.

    ``state`` (6) and ``prior`` (6, 6) at time 0; a look is (time, Earth-fixed sensor (3), time of
    the look after the axes coincide, range error, angle error). Detections lie on the true flight.
    """
    model = Flight()
    predictor, updater = ExtendedKalmanPredictor(model), ExtendedKalmanUpdater(None)
    truth = GaussianState(StateVector(state), np.eye(6), EPOCH)
    track = GaussianState(StateVector(state), CovarianceMatrix(prior), EPOCH)
    for time, fixed, turn, range_error, angle_error in looks:
        now = EPOCH + datetime.timedelta(seconds=time)
        truth = GaussianState(
            model.function(truth, time_interval=now - truth.timestamp), np.eye(6), now
        )
        c, s = math.cos(SPIN * turn), math.sin(SPIN * turn)
        place = np.array([c * fixed[0] - s * fixed[1], s * fixed[0] + c * fixed[1], fixed[2]])
        sight = np.asarray(truth.state_vector, dtype=float)[:3, 0] - place
        elevation = math.asin(sight[2] / np.linalg.norm(sight))
        noise = np.diag([angle_error**2, (angle_error / math.cos(elevation)) ** 2, range_error**2])
        radar = CartesianToElevationBearingRange(
            6, (0, 1, 2), CovarianceMatrix(noise), translation_offset=StateVector(place)
        )
        seen = Detection(radar.function(truth, noise=False), now, measurement_model=radar)
        track = updater.update(SingleHypothesis(predictor.predict(track, timestamp=now), seen))
    end = predictor.predict(track, timestamp=EPOCH + datetime.timedelta(seconds=until))
    return np.asarray(end.covar, dtype=float)
