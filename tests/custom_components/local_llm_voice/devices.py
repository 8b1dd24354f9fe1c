"""Devices for a test home: real entities of Home Assistant whose hardware is a few attributes."""

from typing import Any, override

from homeassistant.components.alarm_control_panel import (
    AlarmControlPanelEntity,
    AlarmControlPanelEntityFeature,
    AlarmControlPanelState,
    CodeFormat,
)
from homeassistant.components.assist_satellite import (
    AssistSatelliteAnnouncement,
    AssistSatelliteConfiguration,
    AssistSatelliteEntity,
    AssistSatelliteEntityFeature,
)
from homeassistant.components.climate import ClimateEntity, ClimateEntityFeature, HVACMode
from homeassistant.components.cover import ATTR_POSITION, CoverEntity
from homeassistant.components.fan import FanEntity, FanEntityFeature
from homeassistant.components.lawn_mower import LawnMowerActivity, LawnMowerEntity, LawnMowerEntityFeature
from homeassistant.components.light import (
    ATTR_BRIGHTNESS,
    ATTR_COLOR_TEMP_KELVIN,
    ATTR_HS_COLOR,
    ColorMode,
    LightEntity,
)
from homeassistant.components.lock import LockEntity
from homeassistant.components.media_player import MediaPlayerEntity, MediaPlayerEntityFeature, MediaPlayerState
from homeassistant.components.switch import SwitchEntity
from homeassistant.components.todo import TodoItem, TodoListEntity, TodoListEntityFeature
from homeassistant.components.tts import TextToSpeechEntity, TtsAudioType
from homeassistant.components.vacuum import StateVacuumEntity, VacuumActivity, VacuumEntityFeature
from homeassistant.const import UnitOfTemperature
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.device_registry import DeviceInfo
from homeassistant.helpers.entity import Entity


class Device(Entity):
    """What every device of the home has: a name, and a way to break."""

    _attr_should_poll = False
    deaf = False
    """It takes commands and does nothing."""
    broken = False
    """It refuses commands."""

    def __init__(self, name: str, **attributes: Any) -> None:
        self._attr_name = name
        self._attr_unique_id = name.casefold().replace(" ", "_")
        for key, value in attributes.items():
            setattr(self, f"_attr_{key}", value)

    def become(self, **attributes: Any) -> None:
        """Take on a state, as the hardware would."""
        if self.broken:
            raise HomeAssistantError(f"{self.name} is broken")
        if self.deaf:
            return
        for key, value in attributes.items():
            setattr(self, f"_attr_{key}", value)
        self.async_write_ha_state()


class Lamp(Device, LightEntity):
    """A lamp: on and off, or with brightness, or with color."""

    _attr_hs_color = (30.0, 60.0)

    def __init__(self, name: str, mode: ColorMode = ColorMode.HS, **attributes: Any) -> None:
        modes = {mode, ColorMode.COLOR_TEMP} if mode is ColorMode.HS else {mode}
        super().__init__(name, supported_color_modes=modes, color_mode=mode, is_on=False, **attributes)

    @override
    async def async_turn_on(self, **kwargs: Any) -> None:
        changes = {"is_on": True, "brightness": kwargs.get(ATTR_BRIGHTNESS, self.brightness or 255)}
        if color := kwargs.get(ATTR_HS_COLOR):
            changes |= {"hs_color": color, "color_mode": ColorMode.HS}
        if kelvin := kwargs.get(ATTR_COLOR_TEMP_KELVIN):
            changes |= {"color_temp_kelvin": kelvin, "color_mode": ColorMode.COLOR_TEMP}
        self.become(**changes)

    @override
    async def async_turn_off(self, **kwargs: Any) -> None:
        self.become(is_on=False)


class Plug(Device, SwitchEntity):
    """A plug."""

    _attr_is_on = False

    @override
    async def async_turn_on(self, **kwargs: Any) -> None:
        self.become(is_on=True)

    @override
    async def async_turn_off(self, **kwargs: Any) -> None:
        self.become(is_on=False)


class Cover(Device, CoverEntity):
    """A cover that moves at once."""

    _attr_is_closed = True
    _attr_current_cover_position = 0

    @override
    async def async_open_cover(self, **kwargs: Any) -> None:
        self.become(is_closed=False, current_cover_position=100)

    @override
    async def async_close_cover(self, **kwargs: Any) -> None:
        self.become(is_closed=True, current_cover_position=0)

    @override
    async def async_set_cover_position(self, **kwargs: Any) -> None:
        position = kwargs[ATTR_POSITION]
        self.become(is_closed=not position, current_cover_position=position)


class Lock(Device, LockEntity):
    """A lock."""

    _attr_is_locked = True

    @override
    async def async_lock(self, **kwargs: Any) -> None:
        self.become(is_locked=True)

    @override
    async def async_unlock(self, **kwargs: Any) -> None:
        self.become(is_locked=False)


class Thermostat(Device, ClimateEntity):
    """A thermostat with one target temperature, or with two."""

    _attr_temperature_unit = UnitOfTemperature.CELSIUS
    _attr_hvac_modes = [HVACMode.OFF, HVACMode.HEAT]  # noqa: RUF012
    _attr_hvac_mode = HVACMode.HEAT
    _attr_target_temperature_step = 0.5
    _attr_supported_features = ClimateEntityFeature.TARGET_TEMPERATURE

    @override
    async def async_set_temperature(self, **kwargs: Any) -> None:
        if "target_temp_low" in kwargs:
            low, high = kwargs["target_temp_low"], kwargs["target_temp_high"]
            self.become(target_temperature_low=low, target_temperature_high=high)
        else:
            self.become(target_temperature=kwargs["temperature"])

    @override
    async def async_set_hvac_mode(self, hvac_mode: HVACMode) -> None:
        self.become(hvac_mode=hvac_mode)


class Fan(Device, FanEntity):
    """A fan."""

    _attr_percentage = 0
    _attr_supported_features = FanEntityFeature.SET_SPEED | FanEntityFeature.TURN_ON | FanEntityFeature.TURN_OFF

    @override
    async def async_set_percentage(self, percentage: int) -> None:
        self.become(percentage=percentage)

    @override
    async def async_turn_on(self, percentage: int | None = None, preset_mode: str | None = None, **kwargs: Any) -> None:
        self.become(percentage=percentage or 50)

    @override
    async def async_turn_off(self, **kwargs: Any) -> None:
        self.become(percentage=0)


class Vacuum(Device, StateVacuumEntity):
    """A vacuum cleaner."""

    _attr_activity = VacuumActivity.DOCKED
    _attr_supported_features = VacuumEntityFeature.START | VacuumEntityFeature.RETURN_HOME | VacuumEntityFeature.STATE

    @override
    async def async_start(self) -> None:
        self.become(activity=VacuumActivity.CLEANING)

    @override
    async def async_return_to_base(self, **kwargs: Any) -> None:
        self.become(activity=VacuumActivity.RETURNING)


class Mower(Device, LawnMowerEntity):
    """A lawn mower."""

    _attr_activity = LawnMowerActivity.DOCKED
    _attr_supported_features = LawnMowerEntityFeature.START_MOWING | LawnMowerEntityFeature.DOCK

    @override
    async def async_start_mowing(self) -> None:
        self.become(activity=LawnMowerActivity.MOWING)

    @override
    async def async_dock(self) -> None:
        self.become(activity=LawnMowerActivity.RETURNING)


class Alarm(Device, AlarmControlPanelEntity):
    """An alarm system whose code, where it has one, is 4711."""

    _attr_alarm_state = AlarmControlPanelState.ARMED_AWAY
    _attr_code_format = CodeFormat.NUMBER
    _attr_code_arm_required = False
    _attr_supported_features = AlarmControlPanelEntityFeature.ARM_AWAY
    code: str | None = None

    def check(self, code: str | None) -> None:
        if self.code and code != self.code:
            raise HomeAssistantError("That is not the code")

    @override
    async def async_alarm_disarm(self, code: str | None = None) -> None:
        self.check(code)
        self.become(alarm_state=AlarmControlPanelState.DISARMED)

    @override
    async def async_alarm_arm_away(self, code: str | None = None) -> None:
        self.become(alarm_state=AlarmControlPanelState.ARMED_AWAY)


class Paper(Device, TodoListEntity):
    """A to-do list."""

    _attr_supported_features = (
        TodoListEntityFeature.CREATE_TODO_ITEM
        | TodoListEntityFeature.UPDATE_TODO_ITEM
        | TodoListEntityFeature.DELETE_TODO_ITEM
    )

    def __init__(self, name: str) -> None:
        super().__init__(name, todo_items=[])

    @override
    async def async_create_todo_item(self, item: TodoItem) -> None:
        item.uid = f"{self.name} {len(self.todo_items or [])}"
        self.become(todo_items=[*(self.todo_items or []), item])

    @override
    async def async_update_todo_item(self, item: TodoItem) -> None:
        self.become(todo_items=[item if i.uid == item.uid else i for i in self.todo_items or []])

    @override
    async def async_delete_todo_items(self, uids: list[str]) -> None:
        self.become(todo_items=[item for item in self.todo_items or [] if item.uid not in uids])


class Speaker(Device, MediaPlayerEntity):
    """A media player that plays what it is given."""

    _attr_state = MediaPlayerState.IDLE
    _attr_supported_features = (
        MediaPlayerEntityFeature.PLAY_MEDIA | MediaPlayerEntityFeature.TURN_ON | MediaPlayerEntityFeature.TURN_OFF
    )

    @override
    async def async_play_media(self, media_type: str, media_id: str, **kwargs: Any) -> None:
        self.become(state=MediaPlayerState.PLAYING, media_content_id=media_id)

    @override
    async def async_turn_on(self) -> None:
        self.become(state=MediaPlayerState.ON)

    @override
    async def async_turn_off(self) -> None:
        self.become(state=MediaPlayerState.OFF)


class Satellite(Device, AssistSatelliteEntity):
    """A voice satellite; keeps what it was told to announce."""

    _attr_supported_features = AssistSatelliteEntityFeature.ANNOUNCE

    def __init__(self, name: str) -> None:
        super().__init__(name, device_info=DeviceInfo(identifiers={("test", name)}, name=name))
        self.announced: list[str] = []

    @override
    def async_get_configuration(self) -> AssistSatelliteConfiguration:
        return AssistSatelliteConfiguration([], [], 1)

    @override
    async def async_set_configuration(self, config: AssistSatelliteConfiguration) -> None:
        pass

    @override
    def on_pipeline_event(self, event: Any) -> None:
        pass

    @override
    async def async_announce(self, announcement: AssistSatelliteAnnouncement) -> None:
        if self.broken:
            raise HomeAssistantError("The satellite is broken")
        self.announced.append(announcement.message)


class Voice(Device, TextToSpeechEntity):
    """Speech that is silence."""

    _attr_supported_languages = ["en"]  # noqa: RUF012
    _attr_default_language = "en"

    @override
    async def async_get_tts_audio(self, message: str, language: str, options: dict[str, Any]) -> TtsAudioType:
        return "mp3", b""
